import {
  creditCodeCheck,
  identityNumberCheck,
  organisationCodeCheck,
} from '../../src/rules/values/check-digits.ts'
import type { Facts } from '../support/story.ts'
import { FILINGS, SITES } from './cases.ts'

/** Made-up numbers with their check characters; nobody's. */
export function identityNumber(seventeen: string): string {
  return seventeen + identityNumberCheck(seventeen)
}
export function creditCode(prefix: string, eight: string): string {
  const seventeen = `${prefix}${eight}${organisationCodeCheck(eight)}`
  return seventeen + creditCodeCheck(seventeen)
}

const PREPARED: Facts = {
  'application.start': 'now',
  'account.site': 'china-site',
  'account.app': 'yes',
  'domain.registered': 'yes',
  'domain.verified': 'yes',
  'domain.expiry': '2027-12-31',
  'server.product': 'ecs',
  'server.billing': 'subscription',
  'server.public-address': 'yes',
  'server.months-left': '6-months-or-more',
  'server.account': 'same-account',
  'consent.personal': 'yes',
  'access.resource': 'i-bp1abcdefgh12345678',
  'access.ip': '47.96.10.20',
  'application.checked': 'yes',
}

/** A company in Hangzhou, its first filing, two persons. */
export const HANGZHOU: Facts = {
  ...FILINGS['first-time'],
  ...SITES['plain'],
  ...PREPARED,
  'entity.kind': 'enterprise',
  'entity.province': 'CN-ZJ',
  'leader.residency': 'mainland',
  'leader.age': 'adult',
  'leader.is-legal-representative': 'yes',
  'administrator.is-leader': 'no',
  'domain.holder': 'entity',
  'entity.name': '杭州青田网络科技有限公司',
  'entity.certificate': creditCode('91330106', '12345678'),
  'entity.division': '杭州市西湖区',
  'entity.certificate-address': '浙江省杭州市西湖区文三路1号2幢301室',
  'entity.address': '浙江省杭州市西湖区文三路1号2幢301室',
  'leader.name': '张三丰',
  'consent.identity': 'yes',
  'leader.identity-number': identityNumber('33010619850101123'),
  'leader.mobile': '13800138000',
  'leader.phone-2': '0571-88880000',
  'leader.emergency-phone': '13900139000',
  'leader.email': 'zhang@example.cn',
  'site.name': '青田网络科技',
  'site.domains': 'qingtian-example.cn',
  'site.home-page': 'www.qingtian-example.cn',
  'site.service-content': ['organisation-portal'],
  'site.languages': ['chinese'],
  'site.remark': '本网站用于展示公司产品，不涉及经营和互动。',
  'administrator.name': '李四光',
  'administrator.residency': 'mainland',
  'administrator.identity-number': identityNumber('33010619900202456'),
  'administrator.mobile': '13700137000',
  'administrator.phone-2': 'unsure',
  'administrator.emergency-phone': '13600136000',
  'administrator.email': 'li@example.cn',
}

/** One person in Guangdong whose other site is filed elsewhere. */
export const INDIVIDUAL: Facts = {
  ...HANGZHOU,
  ...FILINGS['new-website-filed-elsewhere'],
  'entity.kind': 'individual',
  'entity.province': 'CN-GD',
  'entity.residence': 'id-province',
  'entity.division': '广州市天河区',
  'entity.certificate-address': '广东省广州市天河区体育西路10号',
  'entity.address': '广东省广州市天河区体育西路10号',
  'consent.identity': 'no',
  'leader.name': '欧阳明',
  'site.name': '欧阳明的日记本',
  'site.service-content': ['blog'],
}

/** A company led by a foreigner that comes from another provider. */
export const FOREIGN_LED: Facts = {
  ...HANGZHOU,
  ...FILINGS['service-provider-change'],
  'leader.residency': 'foreign',
  'leader.name': 'Jean-Luc Müller',
  'leader.identity-number': 'C01X00T47',
}
