// What can be taken away: a picture, the records as a table, the statements as Turtle.

function buildFiles() {}
