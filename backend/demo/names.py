"""Names on the demo street. 莲安东路 and 莲溪路 are real roads of the town; every other name is made up."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


EAST_WEST_ROADS = _words(
    """
    沁安路 和澄路 云棠路 秋禾路 兰汀路 枫泽路 锦荷路 莲安东路 鸣鹤路 春榆路 柏溪路
    听雨路 映月路 采菱路 长汀东路
    """
)
NORTH_SOUTH_ROADS = _words(
    """
    松韵路 芦渡路 清塘路 竹影路 桂河路 雁栖路 梧桐湾路 莲溪路 杏花浜路 澄湖路
    石梁路 紫藤路 海棠浦路 星桥路 望港路
    """
)
COMMITTEE_STEMS = _words("沁安 云棠 秋禾 兰汀 枫泽 锦荷 莲安 莲溪 鸣鹤 春榆 柏溪 听雨 映月 采菱 长汀")
COMMITTEE_ORDINALS = _words("第一 第二 第三")
SHOP_STEMS = _words(
    """
    阿宝 明月 老吴 好邻居 金桂 小满 福来 春风 同心 云朵 阿珍 大福 鑫旺 晨光里
    顺意 百味 小巷 老街坊 青禾 常来 喜洋洋 家家 弄堂口 石库 海派 蓝海 好又多多
    阿华 和顺 万家 小林 四季 甜甜 宝山伯 三林妹 祥云 麦香 清风 一品 拾光 乐淘
    旺角 新新 阿毛 银杏 荷塘 东升 美丽 安心 快马
    """
)
SHOP_TRADES = _words(
    """
    点心店 面馆 水果店 便利店 五金店 理发店 药房 早餐铺 奶茶店 洗衣店 文具店
    修车铺 粮油店 花店 眼镜店 宠物店 熟食店 打印店 服装店 茶叶店 棋牌室 健身房
    """
)
