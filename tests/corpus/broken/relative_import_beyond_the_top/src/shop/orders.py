from ..prices import NET
