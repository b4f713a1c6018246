"""The register: which business stands behind a shop's code, who answers for it and did so before.

`claims` and `people` hold the verbs of owners, `changes` those of staff, `importing` the loading of files. A shop lies
where its place lies. Real names and phones are sealed; `people` says who may read them.
"""
