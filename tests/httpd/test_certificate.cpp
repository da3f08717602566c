#include "httpd/test_certificate.h"

#include <QFile>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <memory>

namespace longcode::tests {

namespace {

template <auto free>
struct Freed {
    template <class T>
    void operator()(T *object) const {
        free(object);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Memory = std::unique_ptr<BIO, Freed<BIO_free>>;

bool save(const QString &path, BIO *memory) {
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(data, size) == size;
}

bool addExtension(X509 *certificate, int kind, const char *value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Freed<X509_EXTENSION_free>> extension(
        X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

} // namespace

bool writeCertificate(const QString &certificateFile, const QString &keyFile, const QByteArray &name,
                      int daysLeft) {
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate)
        return false;
    std::int64_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char *>(&serial), 7);
    X509 *raw = certificate.get();
    X509_set_version(raw, X509_VERSION_3);
    ASN1_INTEGER_set_int64(X509_get_serialNumber(raw), serial);
    X509_gmtime_adj(X509_getm_notBefore(raw), -60L * 60 * 24 * 60);
    X509_gmtime_adj(X509_getm_notAfter(raw), 60L * 60 * 24 * daysLeft);
    X509_set_pubkey(raw, key.get());
    X509_NAME *subject = X509_get_subject_name(raw);
    X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char *>(name.constData()), -1, -1, 0);
    X509_set_issuer_name(raw, subject);
    if (!addExtension(raw, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1") ||
        !addExtension(raw, NID_basic_constraints, "critical,CA:TRUE") ||
        X509_sign(raw, key.get(), EVP_sha256()) == 0)
        return false;
    const Memory certificateText(BIO_new(BIO_s_mem())), keyText(BIO_new(BIO_s_mem()));
    return PEM_write_bio_X509(certificateText.get(), raw) == 1 &&
           PEM_write_bio_PrivateKey(keyText.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
           save(certificateFile, certificateText.get()) && save(keyFile, keyText.get());
}

} // namespace longcode::tests
