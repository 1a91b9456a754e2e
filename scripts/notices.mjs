import { writeFileSync } from 'node:fs';
import { collectNotices, formatNotices } from './lib/notices.mjs';

writeFileSync('THIRD_PARTY_NOTICES.md', formatNotices(collectNotices()));
