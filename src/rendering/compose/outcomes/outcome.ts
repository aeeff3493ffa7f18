import type { Resolution } from '../../../interview/resolve.ts'
import type { Told } from '../../../interview/outcomes.ts'
import type { Outcome, Section } from '../../../interview/schema.ts'
import type { Block } from '../../message.ts'
import type { Composing } from '../context.ts'
import { documentBlocks, noticeBlocks, obligationBlocks } from './collected.ts'
import { filingBlocks } from './filing.ts'
import { licenceBlocks } from './licence.ts'
import { preApprovalBlocks } from './pre-approval.ts'
import { provinceBlocks } from './province.ts'
import {
  changeBlocks,
  domainBlocks,
  footerBlocks,
  peopleBlocks,
  residenceBlocks,
  serverBlocks,
} from './rulings.ts'
import { smsBlocks } from './sms.ts'

type Compose = (on: Composing, resolution: Resolution, section: Section) => readonly Block[]

const COMPOSE: Readonly<Record<Outcome, Compose>> = {
  'filing-type': filingBlocks,
  notices: noticeBlocks,
  'pre-approval': preApprovalBlocks,
  'commercial-licence': licenceBlocks,
  documents: documentBlocks,
  province: provinceBlocks,
  sms: smsBlocks,
  changes: changeBlocks,
  obligations: obligationBlocks,
  people: peopleBlocks,
  residence: residenceBlocks,
  'domain-requirements': domainBlocks,
  'server-requirements': serverBlocks,
  footer: footerBlocks,
}

/** What a section's outcomes say of a case, with reasons and sources. */
export function outcomeBlocks(
  on: Composing,
  { section, outcomes }: Told,
  resolution: Resolution,
): readonly Block[] {
  return outcomes.flatMap((outcome) => COMPOSE[outcome](on, resolution, section))
}
