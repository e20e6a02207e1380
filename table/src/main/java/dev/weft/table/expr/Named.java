package dev.weft.table.expr;

/**
 * An expression and the name of the column that it makes.
 *
 * @param name of the column
 */
public record Named(String name, Node node) {
  /** Whether it is a column of that name as it is. */
  public boolean isPlain() {
    return node.equals(new Node.Ref(name));
  }

  @Override
  public String toString() {
    return isPlain() ? name : name + " = " + node;
  }
}
