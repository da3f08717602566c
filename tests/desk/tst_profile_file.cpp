#include "desk/profile_file.h"
#include "support/scratch.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QRegularExpression>
#include <QTest>

using namespace longcode;
using namespace longcode::desk;

class ProfileFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void roundTrip_data();
    void roundTrip();
    void damagedFiles_data();
    void damagedFiles();
    void secretsAreNotWritten();
    void unwritableFolderIsSaidSo();
    void lockKeepsTheSecondOut();
    void freshFolderIsPrivate();

private:
    std::unique_ptr<tests::Scratch> m_scratch;
    ProfileFolder m_folder;
};

void ProfileFileTest::init() {
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_scratch = std::make_unique<tests::Scratch>();
    m_folder = {m_scratch->path(QStringLiteral("profile"))};
    QVERIFY(QDir().mkpath(m_folder.path));
}

namespace {
Profile sample(RelayChoice relay) {
    return {.id = QStringLiteral("b9f0"),
            .name = QStringLiteral("Blumen Müller"),
            .apiBase = QUrl(QStringLiteral("https://api.telnyx.com/v2")),
            .home = phone::Region{QStringLiteral("DE")},
            .sender = phone::fromWire(QStringLiteral("+14155550100")),
            .relay = std::move(relay)};
}
} // namespace

void ProfileFileTest::roundTrip_data() {
    QTest::addColumn<bool>("here");
    QTest::newRow("own relay") << true;
    QTest::newRow("a relay elsewhere") << false;
}

void ProfileFileTest::roundTrip() {
    QFETCH(bool, here);
    const RelayHere own{.telnyxPublicKey = "AAAA",
                        .listen = QStringLiteral("127.0.0.1:9000"),
                        .publicUrl = QUrl(QStringLiteral("https://relay.example.com"))};
    const RelayElsewhere elsewhere{.url = QUrl(QStringLiteral("wss://relay.example.com")),
                                   .token = QStringLiteral("tok")};
    QVERIFY(!hasAccount(m_folder));
    QVERIFY(writeProfile(m_folder, sample(here ? RelayChoice(own) : RelayChoice(elsewhere))));
    QVERIFY(hasAccount(m_folder));
    const auto read = readProfile(m_folder);
    QVERIFY(read);
    QCOMPARE(read->id, QStringLiteral("b9f0"));
    QCOMPARE(read->name, QStringLiteral("Blumen Müller"));
    QCOMPARE(read->apiBase, QUrl(QStringLiteral("https://api.telnyx.com/v2")));
    QCOMPARE(read->home.code, QStringLiteral("DE"));
    QCOMPARE(read->sender.wire(), QStringLiteral("+14155550100"));
    if (here) {
        const auto &relay = std::get<RelayHere>(read->relay);
        QCOMPARE(relay.telnyxPublicKey, own.telnyxPublicKey);
        QCOMPARE(relay.listen, own.listen);
        QCOMPARE(relay.publicUrl, own.publicUrl);
    } else {
        QCOMPARE(std::get<RelayElsewhere>(read->relay).url, elsewhere.url);
    }
}

void ProfileFileTest::damagedFiles_data() {
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"version":1,"id":"b9)");
    QTest::newRow("no object") << QByteArray("[]");
    QTest::newRow("newer") << QByteArray(R"({"version":2,"id":"b9f0","relay":{"kind":"here"}})");
    QTest::newRow("no id") << QByteArray(R"({"version":1,"relay":{"kind":"here"}})");
    QTest::newRow("no relay") << QByteArray(R"({"version":1,"id":"b9f0"})");
    QTest::newRow("unknown relay") << QByteArray(R"({"version":1,"id":"b9f0","relay":{"kind":"cloud"}})");
    QTest::newRow("huge") << QByteArray(2 << 20, 'x');
}

void ProfileFileTest::damagedFiles() {
    QFETCH(QByteArray, content);
    QFile file(profileFile(m_folder));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    const auto read = readProfile(m_folder);
    QVERIFY(!read);
    QVERIFY(read.error().what.contains(m_folder.path));
    QVERIFY(!read.error().remedy.isEmpty());
}

void ProfileFileTest::secretsAreNotWritten() {
    QVERIFY(
        writeProfile(m_folder, sample(RelayElsewhere{.url = QUrl(QStringLiteral("wss://relay.example.com")),
                                                     .token = QStringLiteral("very-secret")})));
    QFile file(profileFile(m_folder));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("very-secret"));
}

void ProfileFileTest::unwritableFolderIsSaidSo() {
    const ProfileFolder missing{m_scratch->path(QStringLiteral("not/there"))};
    const auto written = writeProfile(missing, sample(RelayHere{}));
    QVERIFY(!written);
    QVERIFY(written.error().what.contains(missing.path));
    // A file where the folder should be.
    QFile file(m_scratch->path(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const auto lock = lockFolder({file.fileName() + QStringLiteral("/profile")});
    QVERIFY(!lock);
    QVERIFY(!lock.error().remedy.isEmpty());
}

void ProfileFileTest::lockKeepsTheSecondOut() {
    auto first = lockFolder(m_folder);
    QVERIFY(first);
    const auto second = lockFolder(m_folder);
    QVERIFY(!second);
    QVERIFY(second.error().what.contains(QString::number(QCoreApplication::applicationPid())));
    first->reset();
    QVERIFY(lockFolder(m_folder));
}

void ProfileFileTest::freshFolderIsPrivate() {
    const ProfileFolder fresh{m_scratch->path(QStringLiteral("fresh"))};
    QVERIFY(lockFolder(fresh));
    const auto others = QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
    QVERIFY(!(QFileInfo(fresh.path).permissions() & others));
}

QTEST_GUILESS_MAIN(ProfileFileTest)
#include "tst_profile_file.moc"
