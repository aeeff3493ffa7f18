import type { Assessment } from '../../rules/assess/assess.ts'
import { settledValue } from '../../rules/knowledge.ts'
import { icpEntityNumber, icpServiceNumber, type IcpNumberParts } from '../../rules/values/icp-number.ts'
import type { Validation } from '../../rules/values/validation.ts'
import type { ValueBook } from '../../rules/values/value-book.ts'

/** Which number has to stand at the foot of the page, by the table `footer`; undefined while the region is open. */
export function shownNumber(assessment: Assessment): 'site-number' | 'entity-number' | undefined {
  const shown = assessment.footer.filter(({ certain }) => certain).map(({ result }) => result)
  return (['entity-number', 'site-number'] as const).find((result) => shown.includes(result))
}

/**
 * Checks a filing number as it was typed. The number of the website is wanted; where the entity's is the one to
 * show, that alone will do. A note says so where the province is not the one filed in.
 */
export function readFilingNumber(
  values: ValueBook,
  assessment: Assessment,
  text: string,
): Validation<IcpNumberParts> {
  const province = settledValue(assessment.know('entity.province'))
  const context = { book: values, asOf: assessment.asOf, province, serviceKind: 'website' }
  const site = icpServiceNumber(text, context)
  const entityWillDo =
    !site.ok && site.problem === 'icp.suffix-missing' && shownNumber(assessment) !== 'site-number'
  return entityWillDo ? icpEntityNumber(text, context) : site
}

/** The number to show, from the one that is known; undefined where it does not follow from it. */
export function numberToShow(assessment: Assessment, number: string): string | undefined {
  const entity = number.replace(/-[^-]*$/, '')
  if (shownNumber(assessment) === 'entity-number') return entity
  return number === entity ? undefined : number
}
