"""A town's own tile service beneath our maps, 天地图 or another WMTS, asked through us so that nobody sees its key."""
