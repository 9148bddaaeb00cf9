class RuleBroken(Exception):
    def __str__(self):
        return self.rule.title()


raise RuleBroken
