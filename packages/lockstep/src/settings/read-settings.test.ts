import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../../test/temp-folder.ts';
import { LockstepError } from '../lockstep-error.ts';
import { readSettings } from './read-settings.ts';
import { settingTable, shownSetting } from './setting.ts';

test('a flag goes before the environment, the environment before the file, the file before the default', (t) => {
  const workingFolder = tempFolder(t);
  mkdirSync(join(workingFolder, 'lockstep-data'));
  writeFileSync(
    join(workingFolder, 'lockstep-data', 'lockstep.config.yaml'),
    'port: 4701\nhost: 10.0.0.1\noutgoing: public\n',
  );
  const { settings, origins } = readSettings({
    flags: { port: '4703' },
    environment: { LOCKSTEP_PORT: '4702', LOCKSTEP_HOST: '10.0.0.2' },
    workingFolder,
  });
  assert.equal(settings.port, 4703);
  assert.equal(settings.host, '10.0.0.2');
  assert.equal(settings.outgoing, 'public');
  assert.equal(settings.concurrency, 64);
  assert.equal(settings.dataFolder, join(workingFolder, 'lockstep-data'));
  const sources = Object.fromEntries(origins.map((origin) => [origin.setting.name, origin.source]));
  assert.equal(sources['port'], '--port');
  assert.equal(sources['host'], 'LOCKSTEP_HOST');
  assert.equal(sources['outgoing'], join(workingFolder, 'lockstep-data', 'lockstep.config.yaml'));
  assert.equal(sources['concurrency'], 'default');
});

test('a bad value is refused with name, value, source and what is allowed', (t) => {
  const workingFolder = tempFolder(t);
  assert.throws(
    () => readSettings({ environment: { LOCKSTEP_PORT: '70000' }, workingFolder }),
    (error) =>
      error instanceof LockstepError &&
      error.code === 'badSetting' &&
      error.message ===
        'port = "70000" (from LOCKSTEP_PORT) is not possible: allowed is a whole number from 0 to 65535',
  );
});

test('a name the file must not hold is refused, and so is a file that is not there', (t) => {
  const workingFolder = tempFolder(t);
  const file = join(workingFolder, 'own.yaml');
  writeFileSync(file, 'prot: 4701\n');
  assert.throws(
    () => readSettings({ environment: {}, workingFolder, configFile: 'own.yaml' }),
    /there is no setting prot/,
  );
  assert.throws(
    () => readSettings({ environment: {}, workingFolder, configFile: 'no.yaml' }),
    /there is no configuration file/,
  );
});

test('lists may be written as YAML lists, and paths of the environment start from the working folder', (t) => {
  const workingFolder = tempFolder(t);
  writeFileSync(join(workingFolder, 'own.yaml'), 'trustedProxies: [10.0.0.0/8, "::1/128"]\n');
  const { settings } = readSettings({
    environment: { LOCKSTEP_MASTER_KEY_FILE: 'keys/master' },
    workingFolder,
    configFile: 'own.yaml',
  });
  assert.deepEqual(settings.trustedProxies, ['10.0.0.0/8', '::1/128']);
  assert.equal(settings.masterKeyFile, join(workingFolder, 'keys', 'master'));
  assert.equal(settings.ownsMasterKey, false);
});

test('an address of a database is shown without its password', () => {
  const setting = settingTable.find((one) => one.name === 'database');
  assert.ok(setting !== undefined);
  assert.equal(
    shownSetting(setting, 'postgres://me:s3cret@db:5432/lockstep'),
    'postgres://me:********@db:5432/lockstep',
  );
  assert.equal(shownSetting(setting, 'sqlite'), 'sqlite');
});
