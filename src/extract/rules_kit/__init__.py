"""For whoever writes rules: examples run, rules measured on gold, findings traced back to the words.

`examples` runs what stands as example in the grammar, `coverage` counts what each rule did, `explain` tells how one
finding came about, `where` finds the lines of entries. Nothing of it is needed to find findings.
"""
