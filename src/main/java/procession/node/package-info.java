/** Processes: settings, the actor system of a node, starting children and seeing them end, and what a run is to its user. */
package procession.node;
