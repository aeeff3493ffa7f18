import type { CheckName } from '../schema.ts'
import { addressInAnotherCity, addressWithoutNumber, addressWithWords } from './address.ts'
import { leftOut, remarkMissing, repeated } from './answers.ts'
import {
  homePageElsewhere,
  severalDomains,
  suffixMissing,
  suffixNotListed,
  suffixOfACountry,
  suffixReserved,
} from './domains.ts'
import { codeOfAnotherKind, codeOfAnotherProvince, nameInLatin, nameOfAnotherKind } from './entity.ts'
import type { Check } from './hit.ts'
import {
  ageDiffers,
  divisionOfAnotherProvince,
  filesWhereLiving,
  identityOfAnotherProvince,
  notAMobile,
  underAge,
  virtualNumber,
} from './people.ts'
import { siteName, siteNameOfIndividual, siteNameUnlikeEntity } from './site-name.ts'

/** Every check by the name a rule of pre-check.yaml uses for it. */
export const LOOK: Readonly<Record<CheckName, Check>> = {
  repeated,
  'left-out': leftOut,
  'site-name': siteName,
  'site-name-of-individual': siteNameOfIndividual,
  'site-name-unlike-entity': siteNameUnlikeEntity,
  'several-domains': severalDomains,
  'suffix-of-a-country': suffixOfACountry,
  'suffix-not-listed': suffixNotListed,
  'suffix-reserved': suffixReserved,
  'suffix-missing': suffixMissing,
  'home-page-elsewhere': homePageElsewhere,
  'number-of-a-virtual-operator': virtualNumber,
  'not-a-mobile': notAMobile,
  'under-age': underAge,
  'age-differs': ageDiffers,
  'identity-of-another-province': identityOfAnotherProvince,
  'code-of-another-province': codeOfAnotherProvince,
  'code-of-another-kind': codeOfAnotherKind,
  'name-of-another-kind': nameOfAnotherKind,
  'name-in-latin': nameInLatin,
  'division-of-another-province': divisionOfAnotherProvince,
  'files-where-living': filesWhereLiving,
  'address-in-another-city': addressInAnotherCity,
  'address-without-number': addressWithoutNumber,
  'address-with-words': addressWithWords,
  'remark-missing': remarkMissing,
}
