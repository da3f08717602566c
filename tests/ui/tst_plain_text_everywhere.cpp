#include "composer/composer.h"
#include "palette/command_palette.h"
#include "people/contact_dialog.h"
#include "people/import_wizard.h"
#include "people/merge_dialog.h"
#include "people/people_page.h"
#include "shell/inbox_page.h"
#include "support/window_test.h"
#include "transcript/transcript_export.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTextDocument>
#include <QTextEdit>

using namespace longcode;
using namespace longcode::shell;
using namespace longcode::tests;

/// Markup in every field that others fill: it is shown as the characters it is, and nothing is fetched.
class TestPlainTextEverywhere : public QObject, private WindowTest {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void conversationAndPanels();
    void contactsAndTheirDialogs();
    void importPreview();
    void paletteAndSearch();
    void settingsAndFailures();
    void transcriptOnPaper();
    void catchesWhatIsRich();

private:
    /// What of all widgets would read markup as such: one line each.
    [[nodiscard]] QStringList richPlaces() const;
    void fillConsole();
    void settle() { QTest::qWait(30); } // a picture would be asked for in a later turn of the event loop

    QTcpServer m_server;
    int m_connections = 0;
    QString m_markup;
};

void TestPlainTextEverywhere::initTestCase() {
    QVERIFY(m_server.listen(QHostAddress::LocalHost));
    connect(&m_server, &QTcpServer::newConnection, this, [this] { ++m_connections; });
    m_markup =
        QStringLiteral("<img src=\"http://127.0.0.1:%1/x.png\"><b>bold</b>&amp;").arg(m_server.serverPort());
}

void TestPlainTextEverywhere::fillConsole() {
    desk::Conversation conversation = *m_console->sample.inbox.conversation(SampleDesk::maria);
    conversation.name = m_markup;
    conversation.ownName = m_markup;
    conversation.preview = m_markup;
    conversation.carrier = m_markup;
    m_console->sample.inbox.update(SampleDesk::maria, [&](desk::Conversation &one) { one = conversation; });
    QList<desk::Message> messages;
    for (const desk::MessageState state :
         {desk::MessageState::Received, desk::MessageState::Failed, desk::MessageState::Uncertain}) {
        desk::Message message;
        message.row = {100 + messages.size()};
        message.conversation = SampleDesk::maria;
        message.direction =
            state == desk::MessageState::Received ? desk::Direction::Inbound : desk::Direction::Outbound;
        message.state = state;
        message.text = m_markup;
        message.at = sampleNow();
        message.author = m_markup;
        message.serverStatus = m_markup;
        if (state == desk::MessageState::Failed)
            message.failure = desk::MessageFailure{m_markup, m_markup, m_markup, m_markup};
        messages.append(message);
    }
    m_console->sample.inbox.setMessages(SampleDesk::maria, messages);
    QList<contacts::Contact> people = sampleContacts();
    for (contacts::Contact &person : people) {
        person.name = m_markup;
        person.organisation = m_markup + QStringLiteral(" ltd");
        person.givenName = person.familyName = person.note = m_markup;
        person.custom = {{m_markup, m_markup}};
        for (contacts::ContactNumber &number : person.numbers)
            number.label = m_markup;
    }
    people[1].name += QStringLiteral(" 2");
    m_console->people.setContacts(people);
    m_console->people.canUndo = m_markup;
    m_console->crew.setCannedReplies({{QStringLiteral("1"), m_markup, m_markup, m_markup}});
    QList<desk::Sender> senders = sandboxSenders();
    for (desk::Sender &sender : senders)
        sender.profileName = m_markup;
    m_console->sample.account.setSenders(senders);
}

void TestPlainTextEverywhere::init() {
    failOnAnyWarning();
    makeWindow();
    fillConsole();
    m_window->showConsole(m_console);
    QVERIFY(showWindow());
}

void TestPlainTextEverywhere::cleanup() {
    settle();
    dropWindow();
    QCOMPARE(m_connections, 0);
}

QStringList TestPlainTextEverywhere::richPlaces() const {
    QStringList places;
    const auto say = [&](const QObject *where, const char *what) {
        places.append(QStringLiteral("%1 %2: %3")
                          .arg(QLatin1String(where->metaObject()->className()), where->objectName(),
                               QLatin1String(what)));
    };
    const auto wouldRead = [](const QString &text) {
        return text.contains(QStringLiteral("<img")) && Qt::mightBeRichText(text);
    };
    const QWidgetList widgets = QApplication::allWidgets();
    for (const QWidget *widget : widgets) {
        if (wouldRead(widget->toolTip()))
            say(widget, "tool tip");
        if (wouldRead(widget->whatsThis()))
            say(widget, "help");
        const auto *label = qobject_cast<const QLabel *>(widget);
        if (label && label->text().contains(u'<') && label->textFormat() != Qt::PlainText)
            say(label, "label");
        if (const auto *edit = qobject_cast<const QTextEdit *>(widget);
            edit && edit->toHtml().contains(QStringLiteral("<img")))
            say(edit, "editor");
        const auto *view = qobject_cast<const QAbstractItemView *>(widget);
        if (!view || !view->model())
            continue;
        for (int row = 0; row < qMin(20, view->model()->rowCount()); ++row) {
            for (int column = 0; column < view->model()->columnCount(); ++column) {
                if (wouldRead(view->model()->index(row, column).data(Qt::ToolTipRole).toString()))
                    say(view, "tool tip of an item");
            }
        }
    }
    return places;
}

void TestPlainTextEverywhere::conversationAndPanels() {
    m_window->inboxPage()->openConversation(SampleDesk::maria);
    m_window->inboxPage()->composer().setText(m_markup);
    Q_EMIT m_console->out.troubleChanged({m_markup, m_markup});
    Q_EMIT m_console->crew.refused({m_markup, m_markup});
    settle();
    QCOMPARE(richPlaces(), QStringList());
}

void TestPlainTextEverywhere::contactsAndTheirDialogs() {
    m_window->showPage(Page::People);
    auto *page = child<people::PeoplePage>(*m_window, "peoplePage");
    page->openContact(contacts::ContactId(QStringLiteral("contact-1")));
    child<QAction>(*page, "editContactAction")->trigger();
    child<QAction>(*page, "deleteContactAction")->trigger();
    m_console->people.duplicates = {
        {contacts::ContactId(QStringLiteral("contact-1")), contacts::ContactId(QStringLiteral("contact-2"))}};
    child<QAction>(*page, "duplicatesAction")->trigger();
    page->exportTo(m_markup, desk::ContactFormat::Csv);
    settle();
    QVERIFY(page->findChild<people::ContactDialog *>());
    QVERIFY(page->findChild<people::MergeDialog *>());
    QCOMPARE(richPlaces(), QStringList());
}

void TestPlainTextEverywhere::importPreview() {
    QFile file(m_folder->filePath(QStringLiteral("people.csv")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    auto *wizard = new people::ImportWizard(m_console->people, {QStringLiteral("US")}, m_window.get());
    wizard->show();
    wizard->setFile(file.fileName());
    wizard->next();
    desk::ImportPreview preview = samplePreview();
    preview.fileName = preview.encoding = preview.whyEnded = m_markup;
    for (QList<contacts::RowVerdict> *rows :
         {&preview.parsed, &preview.mended, &preview.merged, &preview.refused}) {
        for (contacts::RowVerdict &row : *rows) {
            row.contact.name = row.refusal = m_markup;
            row.mended = row.matchedNumbers = {m_markup};
        }
    }
    m_console->people.answerPreview(preview);
    auto *totals = child<QLabel>(*wizard, "importTotals");
    QTRY_VERIFY(totals->text().contains(QStringLiteral("<img")));
    QCOMPARE(richPlaces(), QStringList());
}

void TestPlainTextEverywhere::paletteAndSearch() {
    auto *palette = new palette::CommandPalette(m_window->commands(), {}, &m_console->finder, m_window.get());
    palette->open();
    QTest::keyClicks(child<QLineEdit>(*palette, "paletteField"), QStringLiteral("zz"));
    QTRY_COMPARE(m_console->finder.query().text, QStringLiteral("zz"));
    m_console->finder.answer({personHit(SampleDesk::maria, m_markup, m_markup, QStringLiteral("bold")),
                              textHit(SampleDesk::maria, {100}, m_markup, m_markup, QStringLiteral("bold"))});
    settle();
    QCOMPARE(richPlaces(), QStringList());
}

void TestPlainTextEverywhere::settingsAndFailures() {
    m_window->showPage(Page::Settings);
    settle();
    QCOMPARE(richPlaces(), QStringList());
    m_window->showFailure({m_markup, m_markup}, StoreBackup{m_markup, sampleNow()});
    settle();
    QCOMPARE(richPlaces(), QStringList());
}

void TestPlainTextEverywhere::transcriptOnPaper() {
    m_console->papers.shownHead.name = m_console->papers.shownHead.account = m_markup;
    for (desk::TranscriptLine &line : m_console->papers.shown)
        line.text = line.author = line.state = m_markup;
    transcript::TranscriptExport out(m_console->papers, m_console->sample.account, *m_window);
    const QSignalSpy said(&out, &transcript::TranscriptExport::said);
    out.write(SampleDesk::maria, m_folder->filePath(QStringLiteral("x.pdf")), transcript::PaperFormat::Pdf);
    QTRY_COMPARE(said.size(), 1);
    settle();
    QCOMPARE(richPlaces(), QStringList());
}

void TestPlainTextEverywhere::catchesWhatIsRich() {
    QLabel label(m_markup);
    label.setToolTip(m_markup);
    QCOMPARE(richPlaces().size(), 2);
}

QTEST_MAIN(TestPlainTextEverywhere)
#include "tst_plain_text_everywhere.moc"
