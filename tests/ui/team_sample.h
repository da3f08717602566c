#pragma once

#include "support/fake_desk.h"

namespace longcode::tests {

/// Makes the console one of four: Dana's, with three colleagues, canned replies, and work shared out.
inline void makeTeam(FakeConsole &console) {
    using desk::TeamRole;
    console.crew.setMembers(QStringLiteral("Dana"),
                            {{QStringLiteral("Anna"), TeamRole::Agent},
                             {QStringLiteral("Dana"), TeamRole::Admin},
                             {QStringLiteral("Anna-Lena Müller"), TeamRole::Compliance},
                             {QStringLiteral("نور"), TeamRole::Agent}});
    console.crew.setCannedReplies(
        {{QStringLiteral("a"), QStringLiteral("Orders"), QStringLiteral("Shipped"),
          QStringLiteral("Your order is on its way.\nYou get a tracking link this afternoon.")},
         {QStringLiteral("b"), QStringLiteral("Orders"), QStringLiteral("Returned"),
          QStringLiteral("We have your parcel back and pay you by Friday.")},
         {QStringLiteral("c"), QString(), QStringLiteral("Opening hours"),
          QStringLiteral("We are there Monday to Friday, 9 to 5.")},
         {QStringLiteral("d"), QStringLiteral("عربي"), QStringLiteral("شكرا"),
          QStringLiteral("شكرا جزيلا لك")}});
    console.sample.inbox.update(desk::ConversationId{2}, [](desk::Conversation &conversation) {
        conversation.claim =
            desk::Claim{QStringLiteral("Anna-Lena Müller"), sampleNow().addSecs(1800), false};
    });
    console.sample.inbox.update(SampleDesk::maria, [](desk::Conversation &conversation) {
        conversation.claim = desk::Claim{QStringLiteral("Dana"), sampleNow().addSecs(1200), true};
    });
    console.sample.inbox.update(SampleDesk::noor, [](desk::Conversation &conversation) {
        conversation.claim = desk::Claim{QStringLiteral("نور"), sampleNow().addSecs(600), false};
    });
}

/// What is asked because Anna has just answered.
inline desk::AnswerQuestion annasAnswer(int secondsAgo) {
    return {desk::AnswerReason::Answered, QStringLiteral("Anna"),
            QStringLiteral("Anna answered %1 seconds ago.").arg(secondsAgo), sampleNow().addSecs(-secondsAgo),
            QStringLiteral("It left this morning, you get it today.")};
}

} // namespace longcode::tests
