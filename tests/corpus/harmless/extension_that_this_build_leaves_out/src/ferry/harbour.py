NAME = "harbour"
