import ast
import queue


def take(waiting: queue.Queue[str]) -> str | None:
    try:
        return waiting.get_nowait()
    except queue.ShutDown:
        return None


def is_text(node: ast.AST) -> bool:
    match node:
        case ast.Str():
            return True
    return False
