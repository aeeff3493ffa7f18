import type { RuleBook } from '../../rulebook.ts'
import type { Table } from '../../schema.ts'
import { allKeys, domainOf } from '../domain.ts'
import { listed, meant, type Problem } from '../problem.ts'

/** What a table declares is what its rows use: inputs and results, no more and no less; and its dates run forward. */
export function declarationProblems(book: RuleBook, table: Table): readonly Problem[] {
  const file = `rules/decisions/${table.id}.yaml`
  const used = new Set(table.rows.flatMap((row) => Object.keys(row.when)))
  const given = new Set(table.rows.map((row) => row.result))
  const results = Object.keys(table.results)
  const say = (place: string, problem: string, remedy: string): Problem => ({ file, place, problem, remedy })
  return [
    ...[...used]
      .filter((key) => !table.inputs.includes(key) && domainOf(book, key))
      .map((key) => say('inputs', `rows ask about "${key}", which the table does not declare`, `Add "${key}" to inputs.`)),
    ...table.inputs
      .filter((key) => !domainOf(book, key))
      .map((key) => say('inputs', `the input "${key}" is declared nowhere`, `Correct it, or add it to rules/keys.yaml.${meant(key, allKeys(book))}`)),
    ...table.inputs
      .filter((key) => !used.has(key))
      .map((key) => say('inputs', `the input "${key}" is declared, but no row asks about it`, 'Remove it from inputs, or add the row that needs it.')),
    ...table.rows
      .filter((row) => !results.includes(row.result))
      .map((row) => say(row.id, `the row gives the result "${row.result}", which the table does not declare`, `Use one of ${listed(results, 8)}, or add it to results with its label.${meant(row.result, results)}`)),
    ...results
      .filter((result) => !given.has(result))
      .map((result) => say(`results › ${result}`, 'no row gives this result: nobody can ever get it', 'Add a row that gives it, or remove it from results.')),
    ...table.rows
      .filter((row) => row.from !== undefined && row.until !== undefined && row.until < row.from)
      .map((row) => say(row.id, `the row ends (${row.until}) before it begins (${row.from})`, 'Correct `from` or `until`.')),
    ...table.rows
      .filter((row) => !row.id.startsWith(`${table.id}.`))
      .map((row) => say(row.id, `the row's id does not begin with "${table.id}."`, 'Correct the id; ids say which table they belong to.')),
    ...(table.id === 'filing-type' ? results : [])
      .filter((result) => !table.results[result]?.next)
      .map((result) => say(`results › ${result}`, 'the result says no next step', 'Add "next" in both languages: what the applicant does now.')),
  ]
}
