"""A class in a room: people join by a code, predict, and see what the room thinks and what is true.

Here is what a server keeps and allows: `stores` holds classes, `rules` says who may do what,
`rooms` what each of them is told, `live` tells it, and `routes` speaks HTTP. It knows neither
Streamlit nor the library; `docs/classroom.md` describes its messages.
"""
