import rope

Tow = rope.Rope
