#include "events/events.h"

#include <QRegularExpression>
#include <QTest>

#include <sodium.h>

using namespace longcode::events;
using namespace std::chrono_literals;

namespace {

/// A key pair of this test, and signing as Telnyx does it, made with libsodium alone.
struct Signer {
    QByteArray publicKey{crypto_sign_PUBLICKEYBYTES, '\0'};
    QByteArray secretKey{crypto_sign_SECRETKEYBYTES, '\0'};

    Signer() {
        const QByteArray seed(crypto_sign_SEEDBYTES, 's');
        crypto_sign_seed_keypair(bytes(publicKey), bytes(secretKey), bytes(seed));
    }
    static unsigned char *bytes(QByteArray &array) { return reinterpret_cast<unsigned char *>(array.data()); }
    static const unsigned char *bytes(const QByteArray &array) {
        return reinterpret_cast<const unsigned char *>(array.constData());
    }
    [[nodiscard]] QByteArray sign(const QByteArray &timestamp, const QByteArray &body) const {
        const QByteArray message = timestamp + '|' + body;
        QByteArray signature(crypto_sign_BYTES, '\0');
        crypto_sign_detached(bytes(signature), nullptr, bytes(message),
                             static_cast<unsigned long long>(message.size()), bytes(secretKey));
        return signature.toBase64();
    }
    [[nodiscard]] PublicKey key() const { return *PublicKey::fromBase64(publicKey.toBase64()); }
};

const QByteArray body(R"({"data":{"event_type":"message.received"}})");
const QByteArray sentAt("1772735400");
const QDateTime arrival = QDateTime::fromSecsSinceEpoch(1772735400, Qt::UTC);

} // namespace

Q_DECLARE_METATYPE(SignatureVerdict)

class TestSignature : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(sodium_init() >= 0); }
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".?"))); }
    void readsKeys_data();
    void readsKeys();
    void refusesKeysOfSmallOrder_data();
    void refusesKeysOfSmallOrder();
    void knownAnswer();
    void judges_data();
    void judges();
    void everyChangedByteIsNoticed();
    void tolerance_data();
    void tolerance();
};

void TestSignature::readsKeys_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("good");
    const Signer signer;
    const QByteArray spki = QByteArray::fromHex("302a300506032b6570032100") + signer.publicKey;
    QTest::newRow("raw key") << signer.publicKey.toBase64() << true;
    QTest::newRow("raw key, line end") << QByteArray(signer.publicKey.toBase64() + '\n') << true;
    QTest::newRow("SPKI") << spki.toBase64() << true;
    QTest::newRow("44 bytes of something else")
        << QByteArray(QByteArray(12, 'x') + signer.publicKey).toBase64() << false;
    QTest::newRow("31 bytes") << signer.publicKey.left(31).toBase64() << false;
    QTest::newRow("33 bytes") << QByteArray(signer.publicKey + 'x').toBase64() << false;
    QTest::newRow("not base64") << QByteArray("this is not a key!") << false;
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("not a point") << QByteArray(32, '\xff').toBase64() << false;
}

void TestSignature::readsKeys() {
    QFETCH(QByteArray, text);
    QFETCH(bool, good);
    const auto key = PublicKey::fromBase64(text);
    QCOMPARE(key.has_value(), good);
    if (good) {
        const Signer signer;
        QCOMPARE(QByteArray(reinterpret_cast<const char *>(key->bytes().data()), 32), signer.publicKey);
    }
}

/// The points of order 1, 2, 4 and 8 on the curve: with any of them as key, a signature fits that anyone can
/// make.
void TestSignature::refusesKeysOfSmallOrder_data() {
    QTest::addColumn<QByteArray>("hex");
    QTest::newRow("order 1") << QByteArray(
        "0100000000000000000000000000000000000000000000000000000000000000");
    QTest::newRow("order 2") << QByteArray(
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    QTest::newRow("order 4") << QByteArray(
        "0000000000000000000000000000000000000000000000000000000000000000");
    QTest::newRow("order 4, sign") << QByteArray(
        "0000000000000000000000000000000000000000000000000000000000000080");
    QTest::newRow("order 8") << QByteArray(
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    QTest::newRow("order 8, other") << QByteArray(
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
    QTest::newRow("not canonical 0") << QByteArray(
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
    QTest::newRow("not canonical 1") << QByteArray(
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
}

void TestSignature::refusesKeysOfSmallOrder() {
    QFETCH(QByteArray, hex);
    QVERIFY(!PublicKey::fromBase64(QByteArray::fromHex(hex).toBase64()));
}

/// Made with another implementation (RFC 8032 written out in Python) over `1772735400|{"data":{"id":"e-1"}}`
/// with the secret key 00 01 02 … 1f.
void TestSignature::knownAnswer() {
    const auto key = PublicKey::fromBase64(QByteArrayLiteral("A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg="));
    QVERIFY(key);
    const QByteArray known("q7SWrUDj5tDOWVYdXHjFu6gDEdpHCMX6xj59yBLmic3U"
                           "CvM/O01GECWfWWTDhi0ZkzYPyItg338yLQU3hNLwDw==");
    QCOMPARE(verifySignature(*key, known, sentAt, R"({"data":{"id":"e-1"}})", arrival, 300s),
             SignatureVerdict::Good);
}

void TestSignature::judges_data() {
    QTest::addColumn<QByteArray>("signature");
    QTest::addColumn<QByteArray>("timestamp");
    QTest::addColumn<QByteArray>("received");
    QTest::addColumn<SignatureVerdict>("verdict");
    const Signer signer;
    const QByteArray good = signer.sign(sentAt, body);
    QTest::newRow("good") << good << sentAt << body << SignatureVerdict::Good;
    QTest::newRow("no signature") << QByteArray() << sentAt << body << SignatureVerdict::MissingHeader;
    QTest::newRow("no timestamp") << good << QByteArray() << body << SignatureVerdict::MissingHeader;
    QTest::newRow("letters") << good << QByteArray("yesterday") << body << SignatureVerdict::BadTimestamp;
    QTest::newRow("sign") << good << QByteArray("-1772735400") << body << SignatureVerdict::BadTimestamp;
    QTest::newRow("fraction") << good << QByteArray("1772735400.5") << body << SignatureVerdict::BadTimestamp;
    QTest::newRow("space") << good << QByteArray(" 1772735400") << body << SignatureVerdict::BadTimestamp;
    QTest::newRow("too long") << good << QByteArray(400, '1') << body << SignatureVerdict::BadTimestamp;
    QTest::newRow("other timestamp") << good << QByteArray("1772735401") << body
                                     << SignatureVerdict::BadSignature;
    QTest::newRow("other body") << good << sentAt << QByteArray(body + ' ') << SignatureVerdict::BadSignature;
    QTest::newRow("empty body") << good << sentAt << QByteArray() << SignatureVerdict::BadSignature;
    QTest::newRow("signed without timestamp")
        << signer.sign("", body) << sentAt << body << SignatureVerdict::BadSignature;
    QTest::newRow("not base64") << QByteArray("!!!") << sentAt << body << SignatureVerdict::BadSignature;
    QTest::newRow("short") << QByteArray("c2hvcnQ=") << sentAt << body << SignatureVerdict::BadSignature;
    QTest::newRow("65 bytes") << QByteArray(65, 'x').toBase64() << sentAt << body
                              << SignatureVerdict::BadSignature;
    QTest::newRow("zeroes") << QByteArray(64, '\0').toBase64() << sentAt << body
                            << SignatureVerdict::BadSignature;
    QTest::newRow("base point and zero")
        << QByteArray('\x58' + QByteArray(31, '\x66') + QByteArray(32, '\0')).toBase64() << sentAt << body
        << SignatureVerdict::BadSignature;
    QTest::newRow("empty body, signed")
        << signer.sign(sentAt, "") << sentAt << QByteArray() << SignatureVerdict::Good;
    QTest::newRow("large body, signed") << signer.sign(sentAt, QByteArray(1 << 20, 'x')) << sentAt
                                        << QByteArray(1 << 20, 'x') << SignatureVerdict::Good;
}

void TestSignature::judges() {
    QFETCH(QByteArray, signature);
    QFETCH(QByteArray, timestamp);
    QFETCH(QByteArray, received);
    QFETCH(SignatureVerdict, verdict);
    QCOMPARE(verifySignature(Signer().key(), signature, timestamp, received, arrival, 300s), verdict);
}

void TestSignature::everyChangedByteIsNoticed() {
    const Signer signer;
    const QByteArray signature = signer.sign(sentAt, body);
    for (qsizetype i = 0; i < body.size(); ++i) {
        QByteArray changed = body;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        QCOMPARE(verifySignature(signer.key(), signature, sentAt, changed, arrival, 300s),
                 SignatureVerdict::BadSignature);
    }
    const QByteArray raw = QByteArray::fromBase64(signature);
    for (qsizetype i = 0; i < raw.size(); ++i) {
        QByteArray changed = raw;
        changed[i] = static_cast<char>(changed[i] ^ 0x10);
        QCOMPARE(verifySignature(signer.key(), changed.toBase64(), sentAt, body, arrival, 300s),
                 SignatureVerdict::BadSignature);
    }
}

void TestSignature::tolerance_data() {
    QTest::addColumn<int>("ageInSeconds");
    QTest::addColumn<SignatureVerdict>("verdict");
    QTest::newRow("now") << 0 << SignatureVerdict::Good;
    QTest::newRow("at the edge") << 300 << SignatureVerdict::Good;
    QTest::newRow("replayed") << 301 << SignatureVerdict::OutsideTolerance;
    QTest::newRow("clock ahead, at the edge") << -300 << SignatureVerdict::Good;
    QTest::newRow("from the future") << -301 << SignatureVerdict::OutsideTolerance;
    QTest::newRow("a year later") << 31536000 << SignatureVerdict::OutsideTolerance;
}

void TestSignature::tolerance() {
    QFETCH(int, ageInSeconds);
    QFETCH(SignatureVerdict, verdict);
    const Signer signer;
    QCOMPARE(verifySignature(signer.key(), signer.sign(sentAt, body), sentAt, body,
                             arrival.addSecs(ageInSeconds), 300s),
             verdict);
    // A forged one is called forged, however old it is.
    QCOMPARE(verifySignature(signer.key(), signer.sign(sentAt, "other"), sentAt, body,
                             arrival.addSecs(ageInSeconds), 300s),
             SignatureVerdict::BadSignature);
}

QTEST_GUILESS_MAIN(TestSignature)
#include "tst_signature.moc"
