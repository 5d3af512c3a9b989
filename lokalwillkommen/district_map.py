"""A schematic map of the twelve Stadtbezirke, drawn for this portal: who borders on whom, not where exactly."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A Stadtbezirk on the map, in a box of 360 by 260; its name is cut where a line is too short."""

    slug: str
    path: str
    x: int
    y: int  # of the first line
    lines: tuple[str, ...]


AREAS = (
    Area("mengede", "M10 20 110 8l10 62-60 22L8 80z", 62, 56, ("Mengede",)),
    Area("eving", "M110 8l95 6 10 56h-95z", 162, 46, ("Eving",)),
    Area("scharnhorst", "M205 14l125 16 10 70-112 4-13-34z", 275, 68, ("Scharnhorst",)),
    Area("huckarde", "M60 92l60-22 12 42-22 34-18 12-36-18z", 94, 116, ("Huckarde",)),
    Area("innenstadt-nord", "M120 70h95l13 34-28 18-68-10z", 172, 90, ("Innenstadt-", "Nord")),
    Area("brackel", "M228 104l112-4 12 68-66 8-40-38z", 295, 142, ("Brackel",)),
    Area("luetgendortmund", "M8 80l52 12-4 48 36 18-8 42-78-24z", 46, 150, ("Lütgen-", "dortmund")),
    Area("innenstadt-west", "M132 112l48 7-4 59-46 2-38-22 18-12z", 142, 144, ("Innenstadt-", "West")),
    Area("innenstadt-ost", "M180 119l20 3 28-18 18 34-14 38-56 2z", 209, 146, ("Innenstadt-", "Ost")),
    Area("hombruch", "M92 158l38 22 46-2-6 32-20 30-62 10-4-50z", 124, 218, ("Hombruch",)),
    Area("hoerde", "M176 178l56-2 8 34 22 34-72 18-40-22 20-30z", 205, 222, ("Hörde",)),
    Area("aplerbeck", "M232 176l14-38 40 38 66-8-12 68-78 8-22-34z", 296, 210, ("Aplerbeck",)),
)
