package dev.weft.core.schedule;

import dev.weft.core.place.CostModel;
import dev.weft.core.place.Place;
import java.util.List;

/** Everything that a policy may look at: the tasks, the places, and how both stand. */
record Board(
    TaskGraph graph,
    List<Place> places,
    Residency residency,
    Tasks tasks,
    CostModel model,
    Transfers transfers,
    PlaceQueue[] queues,
    Needs needs,
    Abilities abilities) {}
