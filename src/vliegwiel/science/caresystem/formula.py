"""Arithmetic of derived numbers: the four operations, powers, min, max and sqrt; nothing else."""

from __future__ import annotations

import ast
import functools
import math
import operator
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vliegwiel.science.kernel import power

_BINARY: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, exponent: float(_power(base, exponent)),
}
_UNARY: Mapping[type[ast.unaryop], Callable[[float], float]] = {
    ast.UAdd: operator.pos,
    ast.USub: operator.neg,
}
_FUNCTIONS: Mapping[str, Callable[..., float]] = {"min": min, "max": max, "sqrt": math.sqrt}
LONGEST_FORMULA = 500

Floats = NDArray[np.float64]


class FormulaError(ValueError):
    """The formula is not one, uses what is not allowed, or has no finite value."""


# Documents repeat formulas, and are read more than once.
@functools.lru_cache(maxsize=1024)
def parse(formula: str) -> ast.expr:
    """The formula as a checked expression.

    Raises:
        FormulaError: when it is not an arithmetic expression of the allowed parts.
    """
    if len(formula) > LONGEST_FORMULA:
        raise FormulaError(f"longer than {LONGEST_FORMULA} characters")
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


@functools.lru_cache(maxsize=1024)
def names(formula: str) -> frozenset[str]:
    """The input names that the formula uses.

    Raises:
        FormulaError: as :func:`parse`.
    """
    expression = parse(formula)
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


#: A formula as a function of many sets of inputs at once.
Program = Callable[[Mapping[str, Floats]], Any]


def evaluate_many(
    expression: ast.expr, program: Program, inputs: Mapping[str, Floats], count: int
) -> Floats:
    """The values of a checked expression for many sets of inputs at once.

    Each is to the last digit what :func:`evaluate` gives for its inputs, and not a number where
    that raises an error.

    Args:
        program: the expression, made by :func:`program_of`.
        inputs: of each name as many values as there are sets, shape (count,).
    """
    try:
        with np.errstate(divide="raise", over="raise", invalid="raise"):
            values = program(inputs)
    except (FloatingPointError, OverflowError, ValueError, ZeroDivisionError):
        return np.array([_or_nothing(expression, inputs, k) for k in range(count)])
    if isinstance(values, np.ndarray):
        return values
    return np.full(count, values)


def _or_nothing(expression: ast.expr, inputs: Mapping[str, Floats], k: int) -> float:
    try:
        return evaluate(expression, {name: float(values[k]) for name, values in inputs.items()})
    except FormulaError:
        return math.nan


def program_of(node: ast.expr) -> Program:
    """A checked expression as a function on arrays, so that its tree is walked only once."""
    match node:
        case ast.Constant(value=value) if isinstance(value, (int, float)):
            number = float(value)
            return lambda _inputs: number
        case ast.Name(id=name):
            return operator.itemgetter(name)
        case ast.BinOp(left=left, op=op, right=right):
            one, two, both = program_of(left), program_of(right), _ARRAYS[type(op)]
            return lambda inputs: both(one(inputs), two(inputs))
        case ast.UnaryOp(op=op, operand=operand):
            of, signed = program_of(operand), _UNARY[type(op)]
            return lambda inputs: signed(of(inputs))
        case ast.Call(func=ast.Name(id=name), args=args):
            parts, function = [program_of(argument) for argument in args], _ARRAY_FUNCTIONS[name]
            return lambda inputs: function(*(part(inputs) for part in parts))
    raise FormulaError("not a checked expression")


def _power(base: Any, exponent: Any) -> Any:
    """A power, of one or many at once.

    Raises:
        ValueError: where there is none.
    """
    found = power(base, exponent)
    if not np.all(np.isfinite(found)):
        raise ValueError("a power is too large, or there is none")
    return found


def _least(*values: Any) -> Any:
    return functools.reduce(np.minimum, values)


def _most(*values: Any) -> Any:
    return functools.reduce(np.maximum, values)


_ARRAYS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: _power,
}
_ARRAY_FUNCTIONS: Mapping[str, Callable[..., Any]] = {"min": _least, "max": _most, "sqrt": np.sqrt}
