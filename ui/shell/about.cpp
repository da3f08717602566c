#include "shell/about.h"

#include "base/program.h"
#include "settings/page_parts.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace longcode::shell {

namespace {

struct Part {
    const char *name;
    const char *licence;
};

constexpr Part parts[] = {
    {"Qt", "LGPL-3.0"},          {"Boost.Beast, Boost.Asio", "BSL-1.0"},
    {"libsodium", "ISC"},        {"libphonenumber", "Apache-2.0"},
    {"ICU", "Unicode-3.0"},      {"nlohmann/json", "MIT"},
    {"tl::expected", "CC0-1.0"}, {"QtKeychain", "BSD-3-Clause"},
    {"SQLite", "public domain"},
};

} // namespace

AboutDialog::AboutDialog(QWidget *parent) : QDialog(parent) {
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About Longcode"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(22, 20, 22, 18);
    column->setSpacing(8);
    column->addWidget(settings::heading(tr("Longcode %1").arg(programVersion()), this));
    column->addWidget(settings::wrappedText(tr("A desktop console for business texting."), this));
    QStringList lines{tr("Built with Qt %1, running on Qt %2.")
                          .arg(QLatin1String(QT_VERSION_STR), QLatin1String(qVersion())),
                      tr("Inside, each under its own licence:")};
    for (const Part &part : parts)
        lines.append(QStringLiteral("• %1 – %2").arg(QLatin1String(part.name), QLatin1String(part.licence)));
    QLabel *licences = settings::mutedText(lines.join(u'\n'), this);
    licences->setObjectName(QStringLiteral("aboutText"));
    licences->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    licences->setMinimumWidth(380);
    column->addWidget(licences);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    buttons->button(QDialogButtonBox::Close)->setObjectName(QStringLiteral("closeAboutButton"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
}

} // namespace longcode::shell
