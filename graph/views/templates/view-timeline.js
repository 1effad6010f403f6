// The timeline: what is shown, by its dates, in lanes.

function buildTimeline() {}

function paintTimeline() {}
