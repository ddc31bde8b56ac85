"""A class from its opening to the truth, as its people see it."""

import asyncio
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from classroom.live import Live
from classroom.routes import class_routes
from classroom.service import Service
from classroom.stores.sqlite import SQLiteStore
from tests.classroom.calls import Caller

PARTS = {"en": (["Brave"], ["saddle"]), "ko": (["용감한"], ["안장점"])}
RATE = {
    "kind": "number",
    "text": "The largest stable learning rate?",
    "scale": "log",
    "low": 1e-4,
    "high": 10,
    "truth": 0.5,
}


def served(folder: Path) -> Caller:
    """Someone who has not joined a class yet."""
    service = Service(SQLiteStore(folder / "data" / "classes.sqlite"), PARTS)
    return Caller(Starlette(routes=class_routes(Live(service))))


async def opened(someone: Caller, *questions: Any) -> Caller:
    """The teacher of a new class."""
    told = await someone.done("/class/open", link="problem=line", questions=list(questions))
    return Caller(someone.app, told["code"], told["key"])


async def joined(teacher: Caller) -> Caller:
    """A student of the class."""
    told = await Caller(teacher.app).done(f"/class/{teacher.code}/join")
    return Caller(teacher.app, teacher.code, told["key"])


def test_a_class_from_its_opening_to_the_truth(tmp_path: Path) -> None:
    async def whole() -> None:
        teacher = await opened(served(tmp_path), RATE)
        student, other = await joined(teacher), await joined(teacher)
        async with teacher.listening() as desk, student.listening() as phone:
            assert (await phone.until(bool))["question"] is None
            await teacher.done("step", question="q1", step="open")
            state = await phone.until(lambda state: state["step"] == "open")
            assert state["question"]["text"] == RATE["text"] and state["n_students"] == 2
            assert await student.done("answer", question="q1", value=0.1)
            await other.done("answer", question="q1", value=0.4)
            told = await desk.until(lambda state: len(state["answers"]) == 2)
            assert [each["value"] for each in told["answers"]] == [0.1, 0.4]
            assert (await phone.until(lambda state: state["answer"]))["answer"] == 0.1
            assert "0.4" not in phone.raw and "0.5" not in phone.raw
            await teacher.done("step", question="q1", step="answers")
            state = await phone.until(lambda state: state["step"] == "answers")
            assert state["answers"] == [0.1, 0.4] and "truth" not in state
            await teacher.done("step", question="q1", step="truth")
            assert (await phone.until(lambda state: "truth" in state))["truth"] == 0.5

    asyncio.run(whole())
