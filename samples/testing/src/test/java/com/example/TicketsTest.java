package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static procession.testkit.ProcessionAssertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import procession.Event;
import procession.Lock;
import procession.Procession;
import procession.testkit.History;
import procession.testkit.ProcessionExtension;
import procession.testkit.TestRun;

@Timeout(60)
class TicketsTest {

    @RegisterExtension
    static final ProcessionExtension extension = ProcessionExtension.create();

    static void sell(Lock tickets, Event closingTime) throws InterruptedException {
        try (var grant = tickets.acquire()) {
            System.out.println("selling");
            closingTime.await();
        }
    }

    @Test
    void theDeathOfASellerPassesTheTicketsOn(Procession run, TestRun test, History history) throws Exception {
        var tickets = run.lock("tickets");
        var seller = run.process(TicketsTest::sell, tickets, run.event()).name("seller").start();
        test.awaitWaiting("seller");

        test.kill(seller);

        try (var grant = tickets.acquire()) {
            assertEquals("seller", grant.abandoned().orElseThrow().process());
        }
        assertThat(history).heldByOneAtATime(tickets).grantedInOrder(tickets, "seller", "MainProcess").abandoned(tickets, "seller");
    }
}
