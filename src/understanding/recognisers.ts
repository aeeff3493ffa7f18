import { createRequire } from 'node:module'
import type * as RecognizersTextSuite from '@microsoft/recognizers-text-suite'
import { z } from 'zod'

type Suite = typeof RecognizersTextSuite

const CULTURES = ['zh-cn', 'en-us'] as const
const suite = z.custom<Suite>((module) => typeof module === 'object' && module !== null)
let loaded: Suite | undefined

/** The recognisers, loaded when the first text needs them: that takes a third of a second, which no start waits for. */
export function recognisers(): Suite {
  return (loaded ??= suite.parse(createRequire(import.meta.url)('@microsoft/recognizers-text-suite')))
}

/**
 * First calls compile patterns for 100 ms and more each. In steps, so that who talks meanwhile waits for one of them
 * at most.
 */
export const WARM_UP: readonly (() => void)[] = [
  () => void recognisers(),
  ...CULTURES.map((culture) => () => void recognisers().recognizeNumber('3', culture)),
  ...CULTURES.map((culture) => () => void recognisers().recognizeDateTime('2027-01-15', culture)),
]
