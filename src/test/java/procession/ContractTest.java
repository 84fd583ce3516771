package procession;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/**
 * Every row of the contract has its test, or a reason why none is owed; and docs/contract.md says which. To write that page anew:
 * {@code mvn test -Dtest=ContractTest -Dtest.contract=write}.
 */
class ContractTest {

    private static final String WRITE = "write";

    private static final ContractTable TABLE = new ContractTable();

    @Test
    void everyRowHasATestOrAReasonWhyNot() {
        assertThat(TABLE.promises()).allSatisfy(promise -> assertThat(TABLE.proofsOf(promise).isEmpty())
                .as("%s (%s) has no test", promise.id(), promise.given()).isEqualTo(promise.nothing().isPresent()));
    }

    @Test
    void everyTestNamesRowsThatThereAre() {
        assertThat(TABLE.promises().stream().map(ContractTable.Promise::id)).containsAll(TABLE.idsThatTestsName()).doesNotHaveDuplicates();
    }

    @Test
    void whatProvesARowIsATestWithASource() {
        assertThat(TABLE.proofs()).allSatisfy(proof -> {
            assertThat(proof.isTest()).as("%s is a test", proof).isTrue();
            assertThat(proof.source()).exists();
        });
    }

    @Test
    void everyDifferenceIsExplained() {
        assertThat(TABLE.promises()).filteredOn(promise -> promise.differs().isPresent())
                .allSatisfy(promise -> assertThat(ContractTable.headings()).contains(promise.differs().orElseThrow()));
    }

    @Test
    void thePageSaysWhatTheTestsSay() throws Exception {
        if (WRITE.equals(System.getProperty("test.contract"))) {
            Files.writeString(ContractTable.PAGE, TABLE.page());
        }

        assertThat(ContractTable.PAGE).as("the page; see the comment of this class for how to write it anew").hasContent(TABLE.page());
    }
}
