import { checkedSources } from './checked-sources.ts';
import { drawerNames } from './drawer-names.ts';
import { fileLength } from './file-length.ts';
import { lockfile } from './lockfile.ts';
import { machinePaths } from './machine-paths.ts';
import { pinnedVersions } from './pinned-versions.ts';
import type { Rule } from './rule.ts';
import { serviceAnatomy } from './service-anatomy.ts';
import { testLevels } from './test-levels.ts';
import { topLevel } from './top-level.ts';
import { unfinishedMarks } from './unfinished-marks.ts';

export const rules: readonly Rule[] = [
  topLevel, serviceAnatomy, checkedSources, fileLength, drawerNames, unfinishedMarks, machinePaths, testLevels, pinnedVersions, lockfile,
];
