"""案件数据周析: a week of each road, when its reports come, the busiest places, and to whom that is sent."""
