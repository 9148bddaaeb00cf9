int price(int pieces) { return 3 * pieces; }
