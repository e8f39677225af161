import { Anchor, Button, Group, Stack, Switch, type SwitchProps, Textarea, TextInput } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconExternalLink, IconRefresh } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { ApiProblem } from '../../../api/client.ts'
import type { CompanySettings } from '../../../api/queries/company.ts'
import { useSession } from '../../../api/queries/session.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { toastDone, toastFailed } from '../../../ui/toast.tsx'
import { embedSnippet, formAddress } from '../embed-snippet.ts'
import { ClashNotice } from '../kit/clash-notice.tsx'
import { CopyBlock } from '../kit/copy-block.tsx'
import { Facts } from '../kit/facts.tsx'
import { LeaveGuard } from '../kit/leave-guard.tsx'
import { SaveBar } from '../kit/save-bar.tsx'
import { AdminNotice, FormFault, SettingsSection } from '../kit/settings-section.tsx'
import { lookAtCompany, useCompanyForm } from '../kit/use-company-form.ts'
import { WordListInput } from '../kit/word-list-input.tsx'
import { renewFormAddress } from '../queries.ts'

const CHANGED_MEANWHILE = 412

interface FormWords extends Record<string, unknown> {
  form: Omit<CompanySettings['form'], 'slug'>
}

function wordsOf({ form: { slug: _, ...words } }: CompanySettings): FormWords {
  return { form: words }
}

interface Props {
  readonly company: CompanySettings
  readonly canEdit: boolean
}

/** The form by which anybody sends a request: what it says, and where it stands. */
export function FormSection({ company, canEdit }: Props) {
  return (
    <>
      <FormWordsSection company={company} canEdit={canEdit} />
      <FormAddressSection company={company} canEdit={canEdit} />
    </>
  )
}

function FormWordsSection({ company, canEdit }: Props) {
  return (
    <SettingsSection
      title="Public form"
      about="A page on which homeowners send you a request. Each arrives on the board as New, at once."
    >
      {canEdit ? <FormWordsForm company={company} /> : <FormFacts company={company} />}
    </SettingsSection>
  )
}

function FormFacts({ company: { form } }: { company: CompanySettings }) {
  const facts = [
    { label: 'The form is', value: form.enabled ? 'Open' : 'Closed' },
    { label: 'Title', value: form.title },
    { label: 'Introduction', value: form.intro },
    { label: 'Thanks', value: form.thanks },
    { label: 'Categories on the form', value: form.categories.join('\n') },
    { label: 'Mail to the admins', value: form.notify ? 'Of each request' : 'None' },
  ]
  return (
    <>
      <AdminNotice what="change the public form" />
      <Facts facts={facts} />
    </>
  )
}

function FormWordsForm({ company }: { company: CompanySettings }) {
  const { form, saving, fault, clash, discard, submit } = useCompanyForm<FormWords>({
    company,
    valuesOf: wordsOf,
    editOf: (values) => values,
    done: 'Public form saved',
    validate: { form: { title: (text) => (text.trim() === '' ? 'Enter a title.' : null) } },
  })
  const dirty = form.isDirty()
  return (
    <>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <FormFault fault={fault} />
          <ClashNotice clash={clash} />
          <Switch
            label="The form is open"
            description="Closed, its address says that no requests are taken."
            {...form.getInputProps('form.enabled', { type: 'checkbox' })}
          />
          <TextInput
            label="Title"
            required
            withAsterisk={false}
            maxLength={200}
            {...form.getInputProps('form.title')}
          />
          <Textarea
            label="Introduction"
            description="What you do and where, and when you answer."
            autosize
            minRows={2}
            {...form.getInputProps('form.intro')}
          />
          <Textarea
            label="Thanks"
            description="What the homeowner reads after sending."
            autosize
            minRows={2}
            {...form.getInputProps('form.thanks')}
          />
          <WordListInput
            label="Categories on the form"
            description="What a homeowner can choose from."
            none="No words yet: the form does not ask."
            disabled={false}
            {...form.getInputProps('form.categories')}
          />
          <NotifySwitch {...form.getInputProps('form.notify', { type: 'checkbox' })} />
        </Stack>
        <SaveBar dirty={dirty} saving={saving} onDiscard={discard} />
      </form>
      <LeaveGuard dirty={dirty} />
    </>
  )
}

function NotifySwitch(props: SwitchProps) {
  const { mail } = useSession()
  return (
    <Switch
      label="Mail to the admins"
      description={
        mail
          ? 'Every admin gets a mail of each request, with a link to the lead.'
          : 'This installation has no mail server yet, so no mails go out; the operator can set one.'
      }
      {...props}
    />
  )
}

/** Of two who renew it at once one does: the other's link would lead nowhere. Other changes are in nobody's way. */
async function renewUnlessRenewed(seen: CompanySettings): Promise<CompanySettings> {
  try {
    return await renewFormAddress(seen.tag)
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== CHANGED_MEANWHILE) throw error
    const now = await lookAtCompany()
    if (now.form.slug === seen.form.slug) return renewUnlessRenewed(now)
    throw new Error('Somebody else has just given the form a new address; it is shown now.', { cause: error })
  }
}

function FormAddressSection({ company, canEdit }: Props) {
  const [isAsking, { open, close }] = useDisclosure(false)
  const renew = useMutation({
    mutationFn: () => renewUnlessRenewed(company),
    onSuccess: () => toastDone('The form has a new address'),
    onError: (error) => toastFailed(error),
    onSettled: close,
  })
  const address = formAddress(location.origin, company.form.slug)
  return (
    <SettingsSection
      title="Where it stands"
      about={
        company.form.enabled
          ? 'Link to the address, or put the form into a page of yours.'
          : 'Open the form first: until then its address takes no requests.'
      }
    >
      <CopyBlock label="Address of the form" what="the address of the form" text={address} />
      <CopyBlock
        label="For a page of your own"
        what="the line for your own page"
        text={embedSnippet(location.origin, company.form.slug, company.form.title)}
      />
      <Group justify="space-between">
        <Anchor href={address} target="_blank" rel="noreferrer" size="sm">
          <Group component="span" gap={4} display="inline-flex">
            See the form <IconExternalLink size={15} aria-label="(in a new tab)" />
          </Group>
        </Anchor>
        {canEdit && (
          <Button variant="subtle" color="red" leftSection={<IconRefresh size={16} aria-hidden />} onClick={open}>
            Renew the address
          </Button>
        )}
      </Group>
      <ConfirmDialog
        opened={isAsking}
        title="Give the form a new address?"
        confirm="Renew the address"
        danger
        loading={renew.isPending}
        onConfirm={() => renew.mutate()}
        onClose={close}
      >
        The old address stops working at once: every link to it, and every page that shows the form, needs the new one.
        Do this when somebody misuses the old address.
      </ConfirmDialog>
    </SettingsSection>
  )
}
