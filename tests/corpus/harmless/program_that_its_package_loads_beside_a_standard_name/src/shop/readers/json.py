ENDS = (".json",)
