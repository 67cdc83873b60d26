"""How the parts of the event loop are compiled: into whoever calls them, and nowhere else.

A part on its own is never run. It needs no entrance for Python or C, no machine code and no
optimisation of its own: whoever calls it is optimised as a whole. That takes half the time of
compiling each part as if it were a program, and the loop as one piece of machine code runs one and
a half times as fast as one that calls its parts. Division by zero gives infinity, as in numpy,
instead of a check at every division.
"""

# numba's compiler objects are untyped.
# mypy: disable-error-code="no-untyped-def,no-untyped-call,call-overload,misc"

from __future__ import annotations

from numba import njit, types
from numba._dynfunc import make_function
from numba.core import untyped_passes as untyped
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase
from numba.core.compiler_machinery import PassManager
from numba.core.typed_passes import (
    AnnotateTypes,
    IRLegalization,
    NativeLowering,
    NoPythonBackend,
    NopythonTypeInference,
    PreLowerStripPhis,
)

from vliegwiel.science import kernel

#: The steps of numba that our parts need: there are no closures, arrays or lists in them.
_STEPS = (
    untyped.TranslateByteCode, untyped.FixupArgs, untyped.IRProcessing, untyped.DeadBranchPrune,
    untyped.ReconstructSSA,
    NopythonTypeInference, PreLowerStripPhis, IRLegalization, AnnotateTypes,
    NativeLowering, NoPythonBackend,
)  # fmt: skip
_NO_ENTRANCE = 0


class _PartLibrary(JITCodeLibrary):
    """Code of a part, only to be linked into that of whoever calls it."""

    def finalize(self):
        """Bring together what the part calls, and leave it at that."""
        self._raise_if_finalized()
        for library in dict.fromkeys(self._linking_libraries):
            self._final_module.link_in(library._get_module_for_linking(), preserve=True)
        self._final_module.verify()
        self._finalized = True


class _ApartLibrary(_PartLibrary):
    """Code that is called and not taken up by its callers."""

    def finalize(self):
        """Bring together what the part calls, and tell the optimiser to leave it apart."""
        super().finalize()
        mangled = f"{len(self.name)}{self.name}B"
        for function in self._final_module.functions:
            if mangled in function.name:
                function.add_function_attribute("noinline")
                function.add_function_attribute("cold")


class _PartCompiler(CompilerBase):
    """Compiles a part into a :class:`_PartLibrary`, in no more steps than it takes."""

    library = _PartLibrary

    def compile_extra(self, func):
        """Compile a function."""
        target = self.state.targetctx  # of this function alone
        target.get_executable = _without_entrance
        self.state.library = self.library(target.codegen(), func.__qualname__)
        return super().compile_extra(func)

    def define_pipelines(self):
        """The one way to compile a part."""
        steps = PassManager("part")
        for one in _STEPS:
            steps.add_pass(one, one.__name__)
        steps.finalize()
        return [steps]


class _ApartCompiler(_PartCompiler):
    """The same for a part that is hardly ever needed."""

    library = _ApartLibrary


def _without_entrance(library, description, environment):
    """What stands for the part in numba's books; calling it from Python is not possible."""
    library.finalize()
    return make_function(
        description.lookup_module(), description.qualname, "", _NO_ENTRANCE, environment, (library,)
    )


def inlined(function):
    """A part of the event loop.

    It is compiled once for all constants of a type: left to itself, numba makes a copy of a part
    for each number that stands in a call of it.
    """
    return _part(function, _PartCompiler, forceinline=True)


def apart(function):
    """A part that is hardly ever needed, kept out of the way of what is."""
    return _part(function, _ApartCompiler, forceinline=False)


def _part(function, compiler, forceinline):
    part = njit(
        forceinline=forceinline, error_model="numpy", no_cpython_wrapper=True,
        no_cfunc_wrapper=True, pipeline_class=compiler,
    )(function)  # fmt: skip
    template = part.get_call_template
    part.get_call_template = lambda args, kws: template(tuple(map(types.unliteral, args)), kws)
    return part


bits = inlined(kernel.bits.py_func)
owner_key = inlined(kernel.owner_key.py_func)
owned_key = inlined(kernel.owned_key.py_func)
step = inlined(kernel.step.py_func)
uniform = inlined(kernel.uniform.py_func)
