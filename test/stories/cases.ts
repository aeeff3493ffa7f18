import type { Facts } from '../support/story.ts'

/** What leads to each result of `filing-type`; the rest of an applicant's facts does not bear on it. */
const HERE: Facts = {
  'service.kind': 'website',
  'server.region': 'mainland',
  'server.provider': 'alibaba-cloud',
}
const FILED_HERE: Facts = {
  ...HERE,
  'entity.filing': 'alibaba-cloud',
  'entity.account': 'this-account',
  'entity.changed': 'nothing',
  'order.open': 'no',
}
const FILED_ELSEWHERE: Facts = {
  ...HERE,
  'entity.filing': 'elsewhere',
  'entity.changed': 'nothing',
  'order.open': 'no',
}

export const FILINGS: Readonly<Record<string, Facts>> = {
  'not-required': { 'service.kind': 'website', 'server.region': 'outside-mainland' },
  'file-with-server-provider': {
    'service.kind': 'website',
    'server.region': 'mainland',
    'server.provider': 'other',
  },
  'first-time': { ...HERE, 'domain.filing': 'none', 'entity.filing': 'none', 'order.open': 'no' },
  'service-provider-change': {
    ...FILED_ELSEWHERE,
    'domain.filing': 'same-entity',
    'domain.filing.provider': 'elsewhere',
  },
  'new-website-filed-elsewhere': { ...FILED_ELSEWHERE, 'domain.filing': 'none', 'entity.websites': 'some' },
  'new-website-filed-here': { ...FILED_HERE, 'domain.filing': 'none', 'entity.websites': 'some' },
  'already-filed': {
    ...FILED_HERE,
    'domain.filing': 'same-entity',
    'domain.filing.provider': 'alibaba-cloud',
    'domain.access': 'active',
    'change.kind': 'nothing',
  },
  'cancel-other-first': { ...HERE, 'domain.filing': 'other-entity' },
  'record-mismatch': { ...HERE, 'domain.filing': 'same-entity', 'entity.filing': 'none', 'order.open': 'no' },
  'finish-open-order': { ...HERE, 'domain.filing': 'none', 'entity.filing': 'none', 'order.open': 'yes' },
  'use-other-account': { ...FILED_HERE, 'domain.filing': 'none', 'entity.account': 'another-account' },
  'import-or-claim-first': { ...FILED_HERE, 'domain.filing': 'none', 'entity.account': 'old-platform' },
  'update-record-first': { ...FILED_HERE, 'domain.filing': 'none', 'entity.changed': 'name' },
  'cancel-then-first-time': { ...FILED_ELSEWHERE, 'domain.filing': 'none', 'entity.changed': 'province' },
  'app-filing': { 'service.kind': 'app' },
  'file-on-platform': { 'service.kind': 'mini-program' },
}

/** Who applies. */
export const APPLICANTS: Readonly<Record<string, Facts>> = {
  individual: {
    'entity.kind': 'individual',
    'application.start': 'later',
    'entity.province': 'CN-GD',
    'leader.residency': 'hong-kong',
    'leader.age': 'adult',
    'entity.residence': 'elsewhere',
    'entity.residence.province': 'CN-SC',
    'domain.holder': 'entity',
  },
  company: {
    'entity.kind': 'enterprise',
    'application.start': 'later',
    'entity.province': 'CN-ZJ',
    'leader.residency': 'mainland',
    'leader.is-legal-representative': 'yes',
    'administrator.is-leader': 'no',
    'domain.holder': 'shareholder-or-executive',
  },
}

/** What the site offers. */
export const SITES: Readonly<Record<string, Facts>> = {
  plain: { 'website.services': ['none'], 'website.commercial': 'no', 'website.interactive': 'no' },
  news: {
    'website.services': ['news', 'games'],
    'website.commercial': 'yes',
    'website.interactive': 'yes',
  },
}
