int tax_of(int net) { return net / 5; }
