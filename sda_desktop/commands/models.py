"""`models`: the library on the command line: list, info, rename, delete, import, export."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sda_desktop.commands import EXIT_CANCELLED, EXIT_DONE, SUMMARIES
from sda_desktop.commands.options import PROGRAM, Parser, UsageError
from sda_desktop.commands.output import (
    NEWER,
    columns,
    complain,
    count_text,
    path_text,
    prepare_json_output,
    printable,
    say,
    say_json,
    size_text,
)

if TYPE_CHECKING:
    from sda_desktop.generation.library import LibraryModel

SUMMARY = SUMMARIES["models"]
HEADINGS = ("MODEL", "BEGUN", "SOUNDS", "DATASET", "STEPS", "VALIDATION", "SIZE", "")
MODEL_HELP = "A model by its name, by the name of its folder, or by its path."


def build_parser(action: str = "") -> Parser:
    """The options of one action; without one, the help that lists them."""
    if action in _ACTIONS:
        return _ACTIONS[action][1]()
    listed = "\n".join(f"  {name:<8}{summary}" for name, (summary, _, _) in _ACTIONS.items())
    parser = Parser(
        f"{PROGRAM} models",
        "The library of models: every run on the disk, and those that were imported.",
        usage=f"{PROGRAM} models ACTION ... [--json]",
        epilog=f"actions:\n{listed}\n\n{PROGRAM} models ACTION --help tells more about one of them.",
    )
    parser.add_argument("action", metavar="ACTION", nargs="?", help="What to do, as listed below.")
    parser.add_help_option(parser.add_argument_group("options"))
    return parser


def split(arguments: list[str]) -> tuple[str, list[str]]:
    """The action and its own arguments; "" if none of them comes first."""
    if arguments and arguments[0] in _ACTIONS:
        return arguments[0], arguments[1:]
    return "", arguments


def run(action: str, options: argparse.Namespace) -> int:
    """Do it.  Returns the exit code; raises SdaError."""
    if not action:
        given = f"{options.action!r} is no action of models" if options.action else "models needs an action"
        raise UsageError(
            f"{given[:1].upper()}{given[1:]}.", f"Choose {', '.join(list(_ACTIONS)[:-1])} or export."
        )
    if options.json:
        prepare_json_output()
    return _ACTIONS[action][2](options)


# --- list and info ----------------------------------------------------------------------------------------


def _list_parser() -> Parser:
    parser = Parser(
        f"{PROGRAM} models list",
        "List the models, newest first, or those with all given words in name, notes, tags or dataset.",
        usage=f"{PROGRAM} models list [WORD...] [--json]",
    )
    parser.add_argument("words", metavar="WORD", nargs="*", help="What to look for.")
    return _finished(parser)


def _list(options: argparse.Namespace) -> int:
    from sda_desktop.generation.library import list_models

    models = list_models(search=" ".join(options.words))
    if options.json:
        say_json({"models": [model_facts(model) for model in models]})
        return EXIT_DONE
    if not models:
        say("No model fits." if options.words else "There are no models yet.")
        return EXIT_DONE
    for line in columns(HEADINGS, [_row(model) for model in models], right=frozenset({2, 4, 5, 6})):
        say(line)
    return EXIT_DONE


def _row(model: LibraryModel) -> tuple[str, ...]:
    return (
        model.name,
        _date(model.created),
        str(model.sounds or ""),
        model.dataset,
        str(model.steps),
        _figure(model.validation_recon),
        size_text(model.size_bytes),
        _state(model),
    )


def _info_parser() -> Parser:
    parser = Parser(
        f"{PROGRAM} models info",
        f"Tell about a model. {PROGRAM} info tells about its checkpoints and settings.",
        usage=f"{PROGRAM} models info MODEL [--json]",
    )
    parser.add_argument("model", metavar="MODEL", help=MODEL_HELP)
    return _finished(parser)


def _info(options: argparse.Namespace) -> int:
    from sda_desktop.generation.library import find_model

    _tell(find_model(options.model), options)
    return EXIT_DONE


def model_facts(model: LibraryModel) -> dict[str, Any]:
    """A model as JSON values."""
    facts = {
        key: value
        for key, value in asdict(model).items()
        if key not in ("picture", "best")  # a picture is for windows
    }
    best = None if model.best is None else str(model.best.path)
    return {**facts, "path": str(model.path), "best": best, "damaged": model.damaged and not model.newer}


def _tell(model: LibraryModel, options: argparse.Namespace) -> None:
    if options.json:
        say_json(model_facts(model))
        return
    for title, text in (
        ("Model", model.name),
        ("Folder", f"{model.path} ({size_text(model.size_bytes)})"),
        ("Status", f"{_state(model) or model.status}, begun {_date(model.created)}"),
        ("Sounds", ", ".join(filter(None, (model.dataset, count_text(model.sounds, "sound"))))),
        ("Training", f"{count_text(model.epochs, 'epoch')}, {count_text(model.steps, 'step')}"),
        ("Validation", f"reconstruction {_figure(model.validation_recon)}"),
        ("Tags", ", ".join(model.tags)),
        *(("Notes" if not number else "", line) for number, line in enumerate(model.notes.splitlines())),
    ):
        if text:
            say(f"{title:<12} {printable(text)}")


def _state(model: LibraryModel) -> str:
    """What is to be known before it is used; "" when all is well."""
    if model.damaged:
        return f"{NEWER}: {model.problem}" if model.newer else f"DAMAGED: {model.problem}"
    if model.live:
        return "training now"
    if not model.usable:
        return "nothing saved yet"
    return "interrupted" if model.interrupted else ""


# --- rename and delete ------------------------------------------------------------------------------------


def _rename_parser() -> Parser:
    parser = Parser(
        f"{PROGRAM} models rename",
        "Give a model another name, notes or tags. Its folder keeps its name.",
        usage=f"{PROGRAM} models rename MODEL [NAME] [--notes TEXT] [--tags LIST] [--json]",
    )
    parser.add_argument("model", metavar="MODEL", help=MODEL_HELP)
    parser.add_argument("name", metavar="NAME", nargs="?", help="The new name.")
    own = parser.add_argument_group("options")
    own.add_argument("--notes", metavar="TEXT", help="Its new notes; '' for none.")
    own.add_argument("--tags", metavar="LIST", help="Its new tags, with commas between them; '' for none.")
    return _finished(parser, own)


def _rename(options: argparse.Namespace) -> int:
    from sda_desktop.generation.library import describe_model, find_model

    changes: dict[str, Any] = {}
    if options.name is not None:
        changes["name"] = options.name
    if options.notes is not None:
        changes["notes"] = options.notes
    if options.tags is not None:
        changes["tags"] = options.tags.split(",")
    if not changes:
        raise UsageError("There is nothing to change.", "Give a NAME, --notes or --tags.")
    _tell(describe_model(find_model(options.model).path, **changes), options)
    return EXIT_DONE


def _delete_parser() -> Parser:
    parser = Parser(
        f"{PROGRAM} models delete",
        "Move models to the trash, each with all its checkpoints and previews. The sounds that they were "
        "trained on are not touched.",
        usage=f"{PROGRAM} models delete MODEL... [--yes] [--json]",
    )
    parser.add_argument("models", metavar="MODEL", nargs="+", help=MODEL_HELP)
    own = parser.add_argument_group("options")
    own.add_argument("--yes", action="store_true", help="Do not ask.")
    return _finished(parser, own)


def _delete(options: argparse.Namespace) -> int:
    from sda_desktop.generation.library import find_model, move_to_trash

    models = {model.path: model for model in map(find_model, options.models)}
    if not options.yes and not _agreed([model.name for model in models.values()]):
        complain("Nothing was deleted.")
        return EXIT_CANCELLED
    moved = []
    for path, model in models.items():
        trashed = move_to_trash(path)
        moved.append({"path": str(path), "name": model.name, "place": trashed.place and str(trashed.place)})
        if not options.json:
            say(printable(trashed.sentence))
    if options.json:
        say_json({"deleted": moved})
    return EXIT_DONE


def _agreed(names: list[str]) -> bool:
    """Ask at the terminal.  Raises UsageError where there is nobody to ask."""
    if not sys.stdin.isatty():
        raise UsageError("Nobody can be asked here.", "Add --yes to delete without asking.")
    what = printable(names[0]) if len(names) == 1 else count_text(len(names), "model")
    sys.stderr.write(f"Move {what} to the trash? [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


# --- import and export ------------------------------------------------------------------------------------


def _import_parser() -> Parser:
    parser = Parser(
        f"{PROGRAM} models import",
        "Bring model files (.sda) into the library. Opening one executes nothing; a damaged one is refused. "
        "A model that is there already is not brought in twice.",
        usage=f"{PROGRAM} models import FILE... [--again] [--json]",
    )
    parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="A model file.")
    own = parser.add_argument_group("options")
    own.add_argument("--again", action="store_true", help="Bring it in even if it is there already.")
    return _finished(parser, own)


def _import(options: argparse.Namespace) -> int:
    from sda_desktop.generation.model_file import import_model

    imported = []
    for file in options.files:
        done = import_model(file, again=options.again)
        imported.append({**model_facts(done.model), "new": done.new})
        if not options.json:
            words = "" if done.new else " (it was there already)"
            say(f"{printable(done.model.name)}: {path_text(done.model.path)}{words}")
    if options.json:
        say_json({"imported": imported})
    return EXIT_DONE


def _export_parser() -> Parser:
    parser = Parser(
        f"{PROGRAM} models export",
        "Write a model into one file (.sda) that opens on another computer: its best checkpoint without what "
        "only training needs, its curves, notes and map. The names of its sounds go along, their places do "
        "not.",
        usage=f"{PROGRAM} models export MODEL [FILE] [--overwrite] [--json]",
    )
    parser.add_argument("model", metavar="MODEL", help=MODEL_HELP + " Or a checkpoint by its path.")
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="Where to. [default: the model's name, here]"
    )
    own = parser.add_argument_group("options")
    own.add_argument("--overwrite", action="store_true", help="Replace the file if there is one.")
    return _finished(parser, own)


def _export(options: argparse.Namespace) -> int:
    from sda_desktop.generation.library import find_model
    from sda_desktop.generation.model_file import SUFFIX, export_model
    from sda_desktop.training.checkpoint_manifest import MANIFEST_NAME
    from sda_desktop.training.run_place import safe_name

    source = Path(options.model).expanduser().absolute()
    name = source.name
    if not (source / MANIFEST_NAME).is_file():
        model = find_model(options.model)
        source, name = model.path, model.name
    target = options.file or Path(f"{safe_name(name) or 'model'}{SUFFIX}")
    if target.is_dir():
        target = target / f"{safe_name(name) or 'model'}{SUFFIX}"
    written = export_model(source, target, overwrite=options.overwrite)
    if options.json:
        say_json({"path": str(written), "size_bytes": written.stat().st_size, "model": str(source)})
    else:
        say(path_text(written))
    return EXIT_DONE


# --- what they share --------------------------------------------------------------------------------------

_Action = tuple[str, Callable[[], Parser], Callable[[argparse.Namespace], int]]
_ACTIONS: Mapping[str, _Action] = {
    "list": ("which models there are", _list_parser, _list),
    "info": ("tell about one", _info_parser, _info),
    "rename": ("give one another name, notes or tags", _rename_parser, _rename),
    "delete": ("move some to the trash", _delete_parser, _delete),
    "import": ("bring model files into the library", _import_parser, _import),
    "export": ("write one into a file for another computer", _export_parser, _export),
}


def _finished(parser: Parser, group: argparse._ArgumentGroup | None = None) -> Parser:
    """The parser with the options that all of them have."""
    own = group or parser.add_argument_group("options")
    own.add_argument("--json", action="store_true", help="Write one JSON object instead of text.")
    parser.add_help_option(own)
    return parser


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _date(unix_time: float) -> str:
    try:
        return time.strftime("%Y-%m-%d %H:%M", time.localtime(unix_time))
    except (OverflowError, OSError, ValueError):
        return "?"
