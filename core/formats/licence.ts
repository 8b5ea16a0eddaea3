import type { Yaml } from './yaml-text.ts';

/** The most characters in a licence's name or address. */
export const licenceLimit = 200;

/** Common licences for annotation datasets, by SPDX name. */
export const usualLicences = [
  'CC-BY-4.0',
  'CC-BY-SA-4.0',
  'CC-BY-NC-4.0',
  'CC-BY-NC-SA-4.0',
  'CC0-1.0',
  'ODbL-1.0',
  'MIT',
  'Apache-2.0',
] as const;

// Licences that the Hub knows by a name other than the SPDX name in lower case.
const hubNames: Readonly<Record<string, string>> = { 'odbl-1.0': 'odbl' };
const hubKnows =
  /^(?:cc0-1\.0|cc-by(?:-nc)?(?:-sa|-nd)?-[234]\.0|odbl|odc-by|pddl|mit|apache-2\.0|cdla-permissive-2\.0|cdla-sharing-1\.0)$/;

const isAddress = (licence: string) => /^https?:\/\/\S+$/.test(licence);

/** The licence in the front matter of a Hugging Face Hub card, which accepts the names that it knows, and `other` with a free description. */
export function hubLicence(licence: string | undefined): { readonly [key: string]: Yaml } {
  if (licence === undefined) return { license: 'unknown' };
  const small = licence.toLowerCase();
  const known = hubNames[small] ?? small;
  if (hubKnows.test(known)) return { license: known };
  return { license: 'other', ...(isAddress(licence) ? { license_link: licence } : { license_name: licence }) };
}

/** The `licenses` of a Data Package (version 2), each with a name made of letters, digits, dots and hyphens, or an address. */
export function packageLicences(licence: string | undefined): { readonly licenses?: readonly object[] } {
  if (licence === undefined) return {};
  if (isAddress(licence)) return { licenses: [{ path: licence }] };
  return { licenses: [/^[-a-zA-Z0-9._]+$/.test(licence) ? { name: licence } : { name: 'other', title: licence }] };
}
