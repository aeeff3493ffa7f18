import { address } from './address.ts'
import { creditCode } from './credit-code.ts'
import { city, district } from './division.ts'
import { domain } from './domain.ts'
import { email } from './email.ts'
import { icpEntityNumber, icpServiceNumber } from './icp-number.ts'
import { ipAddresses } from './ip-address.ts'
import { licenceNumber } from './licence-number.ts'
import { organisationName } from './organisation-name.ts'
import { passport } from './passport.ts'
import { permanentResidence } from './permanent-residence.ts'
import { personName } from './person-name.ts'
import { landline, mobile, phone } from './phone.ts'
import { publicSecurityNumber } from './public-security-number.ts'
import { residencePermit } from './residence-permit.ts'
import { residentId } from './resident-id.ts'
import { instanceId, serviceNumber } from './server-codes.ts'
import { hkMacauPermit, taiwanPermit } from './travel-permits.ts'
import type { Validator } from './validation.ts'

/** Every value check by the name a question uses for it. */
export const VALIDATORS = {
  'credit-code': creditCode,
  'resident-id': residentId,
  'residence-permit': residencePermit,
  'hk-macau-permit': hkMacauPermit,
  'taiwan-permit': taiwanPermit,
  'permanent-residence': permanentResidence,
  passport,
  mobile,
  landline,
  phone,
  email,
  domain,
  'ip-addresses': ipAddresses,
  'icp-entity-number': icpEntityNumber,
  'icp-service-number': icpServiceNumber,
  'licence-number': licenceNumber,
  'public-security-number': publicSecurityNumber,
  'service-number': serviceNumber,
  'instance-id': instanceId,
  'person-name': personName,
  'organisation-name': organisationName,
  address,
  city,
  district,
} as const satisfies Record<string, Validator>

export type ValueKind = keyof typeof VALIDATORS
