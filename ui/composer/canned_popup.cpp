#include "composer/canned_popup.h"

#include "composer/canned_delegate.h"
#include "composer/canned_model.h"
#include "desk/team.h"

#include <QLineEdit>
#include <QListView>

namespace longcode::composer {

namespace {

constexpr int rowsShown = 6;
constexpr int widestPopup = 620;

} // namespace

CannedPopup::CannedPopup(desk::Team &team, QWidget *parent)
    : FinderPopup(QStringLiteral("canned"), parent), m_model(new CannedModel(team, this)) {
    setAccessibleName(tr("Canned replies"));
    filter().setAccessibleName(tr("Find a canned reply"));
    filter().setPlaceholderText(tr("Find a canned reply"));
    list().setAccessibleName(tr("Canned replies"));
    list().setItemDelegate(new CannedDelegate(&list()));
    setModel(m_model);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        if (isOpen())
            refilter();
    });
    connect(&team, &desk::Team::cannedRepliesChanged, this, &CannedPopup::learnFolders);
    learnFolders();
}

void CannedPopup::learnFolders() {
    setGroups(tr("All folders"), m_model->folders());
}

void CannedPopup::open(QWidget *anchor, const SenderTerms &terms, const desk::CannedValues &values,
                       Opener opener) {
    m_opener = opener;
    m_model->setTerms(terms);
    m_model->setValues(values);
    openAbove(anchor);
}

void CannedPopup::narrow() {
    m_model->setFolder(group());
    m_model->setFilter(filterText());
}

QString CannedPopup::emptyWords() const {
    return filterText().trimmed().isEmpty()
               ? tr("There are no canned replies yet. Those who may add them do so in the settings.")
               : tr("No canned reply contains these words.");
}

void CannedPopup::take(const QModelIndex &index) {
    const QString text = index.data(CannedReplyRole).value<desk::CannedReply>().text;
    closeQuietly();
    Q_EMIT chosen(text);
}

void CannedPopup::leave() {
    Q_EMIT left(m_opener == Opener::Slash ? u'/' + filterText() : QString());
}

int CannedPopup::listHeight() const {
    return qMin(rowsShown, m_model->rowCount()) * list().sizeHintForRow(0) + 2;
}

int CannedPopup::widest() const {
    return widestPopup;
}

bool CannedPopup::ownKey(int key) {
    if (key != Qt::Key_Backspace || !filterText().isEmpty())
        return false;
    m_opener = Opener::Person; // it takes back the "/" too
    dismiss();
    backToAnchor();
    return true;
}

} // namespace longcode::composer
