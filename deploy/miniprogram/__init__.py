"""The mini-program as a town publishes it: built from `miniprogram/` with the town's settings, and checked.

`settings` (of the town, from the environment), `build` (a folder for WeChat's tool), `check` (all rules of such a
folder, each written from the vendor's documents and knowing nothing of how the folder came about): `app_json`, `pages`,
`calls`, `contents`, `texts`, about what `package` reads and `vendor` names. Only the standard library is used.
"""
