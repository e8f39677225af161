/**
 * Finds import cycles: for each knot of files that reach one another, one shortest way round, from the knot's first
 * file back to it (`['a', 'b', 'a']`). A knot has many cycles; cutting the one shown and asking again shows the next.
 */
export function findCycles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = []
  const inKnot = new Set<string>()
  for (const start of [...graph.keys()].sort()) {
    if (inKnot.has(start)) continue
    const cycle = shortestWayBack(graph, start)
    if (cycle === undefined) continue
    cycles.push(cycle)
    for (const file of knotOf(graph, start)) inKnot.add(file)
  }
  return cycles
}

function shortestWayBack(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>()
  const queue = [start]
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return [...trail(cameFrom, start, file), start]
      if (cameFrom.has(next)) continue
      cameFrom.set(next, file)
      queue.push(next)
    }
  }
  return undefined
}

function trail(cameFrom: ReadonlyMap<string, string>, start: string, end: string): string[] {
  const files = [end]
  for (let file: string | undefined = end; file !== start && file !== undefined; ) {
    file = cameFrom.get(file)
    if (file !== undefined) files.unshift(file)
  }
  return files
}

function knotOf(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] {
  return [...reachable(graph, start)].filter((file) => reachable(graph, file).has(start))
}

function reachable(graph: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const found = new Set<string>()
  const queue = [start]
  for (const file of queue) {
    for (const next of graph.get(file) ?? []) {
      if (found.has(next)) continue
      found.add(next)
      queue.push(next)
    }
  }
  return found
}
