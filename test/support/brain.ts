import { loadBrain } from '../../src/brain.ts'

/** The real rules, dialogs and words. */
export const brain = loadBrain(new URL('../..', import.meta.url).pathname, undefined)
export const TODAY = '2026-11-24'
