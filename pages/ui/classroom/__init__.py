"""A class in the room: what its pages show, and questions that are ready to be asked."""
