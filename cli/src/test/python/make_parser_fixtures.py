"""Writes random expressions and Python's own reading of them, for ParserTest.

Each line of dev/weft/cli/language/parser-fixtures.txt is an expression, a tab, and the same with every group in
brackets, as Python's ast module understands it.

    python3 cli/src/test/python/make_parser_fixtures.py
"""

import ast
import pathlib
import random

BINARY = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//", ast.Mod: "%", ast.Pow: "**",
    ast.MatMult: "@", ast.BitOr: "|", ast.BitXor: "^", ast.BitAnd: "&", ast.LShift: "<<", ast.RShift: ">>",
}
UNARY = {ast.UAdd: "+", ast.USub: "-", ast.Invert: "~"}
COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!="}


def shown(node):
    """The expression with a bracket around every operation."""
    match node:
        case ast.Expression(body):
            return shown(body)
        case ast.Constant(value):
            if isinstance(value, bool) or value is ...:
                return "..." if value is ... else str(value)
            return repr(float(value)) if isinstance(value, (int, float)) else f"'{value}'"
        case ast.Name(name):
            return name
        case ast.BinOp(left, op, right):
            return f"({shown(left)} {BINARY[type(op)]} {shown(right)})"
        case ast.UnaryOp(op, operand):
            return f"({UNARY[type(op)]} {shown(operand)})"
        case ast.Compare(left, ops, rest):
            parts = [shown(left)]
            for op, operand in zip(ops, rest):
                parts += [COMPARE[type(op)], shown(operand)]
            return "(" + " ".join(parts) + ")"
        case ast.Attribute(value, name):
            return f"{shown(value)}.{name}"
        case ast.Call(function, args, keywords):
            parts = [shown(a) for a in args] + [f"{k.arg}={shown(k.value)}" for k in keywords]
            return f"{shown(function)}({', '.join(parts)})"
        case ast.Subscript(value, index):
            items = index.elts if isinstance(index, ast.Tuple) else [index]
            return f"{shown(value)}[{', '.join(map(shown, items))}]"
        case ast.Slice(start, stop, step):
            return ":".join("" if part is None else shown(part) for part in (start, stop, step))
        case ast.Tuple(items):
            return "tuple(" + ", ".join(map(shown, items)) + ")"
        case ast.List(items):
            return "list(" + ", ".join(map(shown, items)) + ")"
    raise ValueError(ast.dump(node))


class Writer:
    """Writes expressions with as few brackets as chance puts, so that precedence decides."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def expression(self, depth):
        r = self.random
        kind = r.random() if depth > 0 else 1.0
        space = r.choice(["", " "])
        if kind < 0.45:
            op = r.choice(list(BINARY.values()))
            return f"{self.expression(depth - 1)}{space}{op}{space}{self.expression(depth - 1)}"
        if kind < 0.57:
            return r.choice("+-~") + self.expression(depth - 1)
        if kind < 0.64:
            op = r.choice(list(COMPARE.values()))
            return f"{self.expression(depth - 1)} {op} {self.expression(depth - 1)}"
        if kind < 0.74:
            return f"({self.expression(depth - 1)})"
        if kind < 0.94:
            return self.postfix(depth - 1)
        return self.atom()

    def postfix(self, depth):
        r = self.random
        name = r.choice(["x", "y", "np.sqrt", "mean"])
        inner = self.expression(depth)
        return r.choice([
            f"{name}({inner})",
            f"{name}({inner}, axis=({self.atom()}, 1), keepdims=True)",
            f"x.sum({inner}, axis=-1).T",
            f"x[{inner}]",
            f"x[1:, ::-2, ..., newaxis, {inner}]",
            f"x[{inner}:{self.atom()}]",
            f"y[[1, 2, {inner}]]",
            f"concatenate([x, {inner}, ], axis=0)",
            f"(x, {inner})",
        ])

    def atom(self):
        return self.random.choice(["x", "y", "z_1", "1", "2", "0x1f", "1_000", "2.5", "1e-3", ".5", "3.", "1E+2", "7"])


def main():
    folder = pathlib.Path(__file__).parent.parent / "resources/dev/weft/cli/language"
    folder.mkdir(parents=True, exist_ok=True)
    writer = Writer(20160101)
    lines = {}
    while len(lines) < 600:
        text = writer.expression(4)
        if 5 <= len(text) <= 160:
            try:
                lines[text] = shown(ast.parse(text, mode="eval"))
            except SyntaxError:
                continue
    (folder / "parser-fixtures.txt").write_text("".join(f"{text}\t{tree}\n" for text, tree in lines.items()))


main()
