import { join } from 'node:path'
import { loadBrain } from '../src/brain.ts'
import { buildAskIndex } from '../src/understanding/ask/index.ts'
import { loadAskVocabulary } from '../src/understanding/ask/vocabulary.ts'
import { reportAnswers } from './eval/report-answers.ts'
import { reportQuestions } from './eval/report-questions.ts'

/**
 * `npm run eval`: how well messy answers are understood and questions answered, on the corpora in
 * test/understanding/corpora. Prints errors of what was tuned on only; `--all` prints those of the measuring sets too,
 * for reading, never for tuning. Ends with 1 where a target is missed.
 */
const all = process.argv.includes('--all')
const root = join(import.meta.dirname, '..')
const brain = loadBrain(root, undefined)
const vocabulary = loadAskVocabulary(join(root, 'dialogs'), brain.book)
const index = buildAskIndex(brain.book, vocabulary)

const misses = [...reportAnswers(brain, all), ...reportQuestions(brain, index, all)]
console.log(misses.length === 0 ? 'All targets reached.' : `Missed:\n  ${misses.join('\n  ')}`)
process.exitCode = misses.length === 0 ? 0 : 1
