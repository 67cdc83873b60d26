"""Arithmetic of derived numbers: the four operations, powers, min, max and sqrt; nothing else."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping

_BINARY: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
}
_UNARY: Mapping[type[ast.unaryop], Callable[[float], float]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {"min": min, "max": max, "sqrt": math.sqrt}
_LONGEST = 500


class FormulaError(ValueError):
    """The formula is not one, uses what is not allowed, or has no finite value."""


def parse(formula: str) -> ast.expr:
    """The formula as a checked expression.

    Raises:
        FormulaError: when it is not an arithmetic expression of the allowed parts.
    """
    if len(formula) > _LONGEST:
        raise FormulaError(f"longer than {_LONGEST} characters")
    try:
        expression = ast.parse(formula.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FormulaError("not an arithmetic expression") from error
    _check(expression)
    return expression


def _check(node: ast.expr) -> None:
    match node:
        case ast.Constant(value=value) if type(value) in (int, float):
            return
        case ast.Name():
            return
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            _check(left)
            _check(right)
        case ast.UnaryOp(op=op, operand=operand) if type(op) in _UNARY:
            _check(operand)
        case ast.Call(func=ast.Name(id=f), args=args, keywords=[]) if f in _FUNCTIONS and args:
            for argument in args:
                _check(argument)
        case _:
            raise FormulaError(f"uses something other than arithmetic: {ast.unparse(node)[:60]}")


def names(expression: ast.expr) -> frozenset[str]:
    """The input names the expression uses."""
    called = {id(n.func) for n in ast.walk(expression) if isinstance(n, ast.Call)}
    found = (n for n in ast.walk(expression) if isinstance(n, ast.Name))
    return frozenset(n.id for n in found if id(n) not in called)


def evaluate(expression: ast.expr, inputs: Mapping[str, float]) -> float:
    """The value of a checked expression.

    Raises:
        FormulaError: when an input is missing or the value is not finite.
    """
    try:
        value = float(_value(expression, inputs))
    except KeyError as error:
        raise FormulaError(f"has no input called {error.args[0]}") from error
    except (ZeroDivisionError, OverflowError, ValueError, TypeError) as error:
        raise FormulaError(f"cannot be computed: {error}") from error
    if not math.isfinite(value):
        raise FormulaError("has no finite value")
    return value


def _value(node: ast.expr, inputs: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=value) if isinstance(value, (int, float)):
            return float(value)
        case ast.Name(id=name):
            return inputs[name]
        case ast.BinOp(left=left, op=op, right=right):
            return _BINARY[type(op)](_value(left, inputs), _value(right, inputs))
        case ast.UnaryOp(op=op, operand=operand):
            return _UNARY[type(op)](_value(operand, inputs))
        case ast.Call(func=ast.Name(id=name), args=args):
            return _FUNCTIONS[name](*(_value(argument, inputs) for argument in args))
    raise FormulaError("not a checked expression")
