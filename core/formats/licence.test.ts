import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { csv } from './csv.ts';
import { huggingface } from './huggingface.ts';
import { hubLicence, packageLicences, usualLicences } from './licence.ts';
import { exported, hashOf } from './testing/case.ts';
import { project, sourceFrom } from './testing/project.ts';

const licensed = (licence?: string) => {
  const source = sourceFrom(project('Ana said no.', {}), () => hashOf(createHash('sha256')));
  return { ...source, project: { ...source.project, ...(licence === undefined ? {} : { licence }) } };
};

it('X212 a stated licence stands in every card, in the manifest, and where the format has a field of its own for it', async () => {
  const { files } = await exported(huggingface, licensed('CC-BY-4.0'));
  expect(files.get('README.md')?.split('\n---\n')[0]).toMatch(/^license: "?cc-by-4\.0"?$/m);
  expect(files.get('README.md')).toContain('## Licence\n\nCC-BY-4.0, as the project states.');
  expect(JSON.parse(files.get('manifest.json') ?? '').project).toMatchObject({ licence: 'CC-BY-4.0' });
  const tables = (await exported(csv, licensed('CC-BY-4.0'))).files;
  expect(JSON.parse(tables.get('datapackage.json') ?? '').licenses).toEqual([{ name: 'CC-BY-4.0' }]);
  expect(tables.get('README.md')).toContain('CC-BY-4.0, as the project states.');
});

it('X212 where none is stated nothing says one', async () => {
  const { files } = await exported(csv, licensed());
  expect(JSON.parse(files.get('datapackage.json') ?? '')).not.toHaveProperty('licenses');
  expect(JSON.parse(files.get('manifest.json') ?? '').project).not.toHaveProperty('licence');
  expect(hubLicence(undefined)).toEqual({ license: 'unknown' });
});

it('X212 a licence that a format has no name for is told in its words or by its address', () => {
  expect(usualLicences.map((each) => hubLicence(each)['license'])).not.toContain('other');
  expect(hubLicence('By agreement with the desk')).toEqual({ license: 'other', license_name: 'By agreement with the desk' });
  expect(hubLicence('https://example.org/terms')).toEqual({ license: 'other', license_link: 'https://example.org/terms' });
  expect(packageLicences('https://example.org/terms')).toEqual({ licenses: [{ path: 'https://example.org/terms' }] });
  expect(packageLicences('By agreement')).toEqual({ licenses: [{ name: 'other', title: 'By agreement' }] });
});
