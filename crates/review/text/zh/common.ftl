number = { $n }
