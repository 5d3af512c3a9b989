"""A schematic map of the twelve Stadtbezirke, drawn for this portal: who borders on whom, not where exactly."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """A Stadtbezirk on the map, in a box of 360 by 300; its name is cut where a line is too short."""

    slug: str
    points: str
    x: int
    y: int  # of the first line
    lines: tuple[str, ...]


AREAS = (
    Area("mengede", "6,14 112,6 118,66 62,86 6,76", 62, 52, ("Mengede",)),
    Area("eving", "112,6 214,10 218,66 118,66", 165, 42, ("Eving",)),
    Area("scharnhorst", "214,10 346,26 352,110 268,108 254,97 218,66", 287, 68, ("Scharnhorst",)),
    Area("huckarde", "62,86 118,66 136,124 96,146 64,138", 97, 112, ("Huckarde",)),
    Area("innenstadt-nord", "118,66 218,66 254,97 210,122 136,124", 180, 90, ("Innenstadt-", "Nord")),
    Area("brackel", "268,108 352,110 356,182 324,186 284,150", 322, 142, ("Brackel",)),
    Area("luetgendortmund", "6,76 62,86 64,138 96,146 91,188 88,214 2,190", 46, 156, ("Lütgen-", "dortmund")),
    Area("innenstadt-west", "136,124 184,123 184,194 134,200 91,188 96,146", 140, 158, ("Innenstadt-", "West")),
    Area("innenstadt-ost", "184,123 210,122 254,97 268,108 284,150 262,190 184,194", 231, 150, ("Innenstadt-", "Ost")),
    Area("hombruch", "91,188 134,200 184,194 178,232 158,262 90,272 88,214", 132, 236, ("Hombruch",)),
    Area("hoerde", "184,194 262,190 268,226 292,262 204,288 158,262 178,232", 222, 244, ("Hörde",)),
    Area("aplerbeck", "262,190 284,150 324,186 356,182 352,256 292,262 268,226", 312, 222, ("Aplerbeck",)),
)
