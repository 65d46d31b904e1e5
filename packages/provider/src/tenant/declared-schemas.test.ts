import { declaredSchemasSuite } from '../../contract/declared-schemas-suite.ts';
import { openTestProvider } from '../../contract/open-test-provider.ts';

declaredSchemasSuite(openTestProvider);
